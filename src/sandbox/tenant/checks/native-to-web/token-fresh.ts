import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/** A session transfer token works once, for 60 seconds. @see Auth0, "Native to Web SSO" */
export const tokenFresh: NativeToWebCheck = ({ context, token, wasUsed }) =>
  wasUsed || token.expiresAt <= context.clock()
    ? singleSignOnWarnings.notFoundOrExpired
    : undefined;
