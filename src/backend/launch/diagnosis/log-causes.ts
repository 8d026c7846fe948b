import type { DiagnosisCause } from '../../../contract/diagnosis.ts';
import type { TenantLogEntry } from '../../ports/tenant.ts';

/**
 * How the tenant's log words a refused redemption. Auth0 does not document it, so this is a guess kept in
 * one place: it is only ever read in log entries, never in an answer, and every cause has other evidence
 * beside it. The first match counts.
 */
const WORDINGS: readonly (readonly [RegExp, DiagnosisCause])[] = [
  [/existing[ -]session|log ?out first|already (signed|logged) in/i, 'existing_session'],
  [/delegated[ -]access|delegation (is )?not allowed/i, 'delegation_not_allowed'],
  [/method[ -]not[ -]allowed|in the query/i, 'query_not_allowed'],
  [/\bip\b|address/i, 'ip_mismatch'],
  [/expired/i, 'token_expired'],
  [/already used|token[ -]used|reused/i, 'token_used'],
  [/mfa|multi-?factor|consent|interaction/i, 'interaction_required'],
  [/not (a )?member|membership[ -]missing|not part of/i, 'organization_not_member'],
  [/organization[ -](is )?required/i, 'organization_missing'],
  [/organization[ -]membership/i, 'organization_not_member'],
  [/organization/i, 'organization_not_linked'],
  [/connection/i, 'connection_not_enabled_on_app'],
  [/access[ _-]denied|action/i, 'refused_by_action'],
];

/**
 * One documented warning covers both a token that was used before and one that is too old.
 * @see Auth0 "Configure and Implement Native to Web SSO", monitoring
 */
const USED_OR_EXPIRED = /not found or expired/i;

/**
 * What a log entry says was wrong, as far as its words are known. `redeemableUntil` is when the launch's token
 * expired: it tells apart what the tenant words in the same way.
 */
export const causeInLog = (
  { at, description, error }: TenantLogEntry,
  redeemableUntil: Date | undefined,
): DiagnosisCause | undefined => {
  const words = `${error ?? ''} ${description ?? ''}`;
  if (USED_OR_EXPIRED.test(words)) {
    return redeemableUntil && at < redeemableUntil ? 'token_used' : 'token_expired';
  }
  return WORDINGS.find(([wording]) => wording.test(words))?.[1];
};
