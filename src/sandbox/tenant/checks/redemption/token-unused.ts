import { type RedemptionCheck, unusableToken } from './redemption-check.ts';
import { singleSignOnWarnings } from './single-sign-on-warnings.ts';

/** A session transfer token works once. @see Auth0, "Session Delegation" */
export const tokenUnused: RedemptionCheck = ({ context, wasUsed }) =>
  wasUsed
    ? unusableToken(
        context,
        'session-transfer-token-used',
        'The session transfer token was already used.',
        singleSignOnWarnings.notFoundOrExpired,
      )
    : undefined;
