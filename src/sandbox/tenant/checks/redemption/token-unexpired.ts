import { type RedemptionCheck, unusableToken } from './redemption-check.ts';
import { singleSignOnWarnings } from './single-sign-on-warnings.ts';

/** A session transfer token lives 60 seconds. @see Auth0, "Session Delegation" */
export const tokenUnexpired: RedemptionCheck = ({ context, token }) =>
  token.expiresAt <= context.clock()
    ? unusableToken(
        context,
        'session-transfer-token-expired',
        'The session transfer token has expired.',
        singleSignOnWarnings.notFoundOrExpired,
      )
    : undefined;
