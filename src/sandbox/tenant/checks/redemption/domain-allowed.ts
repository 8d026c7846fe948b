import { type RedemptionCheck, unusableToken } from './redemption-check.ts';
import { singleSignOnWarnings } from './single-sign-on-warnings.ts';

/** Whether a token travels between custom domains of a tenant is a choice of this tenant. */
export const domainAllowed: RedemptionCheck = ({ context, token, caller }) =>
  context.choices.redeemsOnOtherDomains || token.origin === caller.domain.origin
    ? undefined
    : unusableToken(
        context,
        'session-transfer-domain-mismatch',
        'The session transfer token is of another domain.',
        singleSignOnWarnings.notFoundOrExpired,
      );
