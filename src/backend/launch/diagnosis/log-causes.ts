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

/** What a log entry says was wrong, as far as its words are known. */
export const causeInLog = ({ description, error }: TenantLogEntry): DiagnosisCause | undefined =>
  WORDINGS.find(([wording]) => wording.test(`${error ?? ''} ${description ?? ''}`))?.[1];
