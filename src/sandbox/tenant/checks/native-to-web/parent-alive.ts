import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/** The refresh token that the session transfer token came from has not been revoked. @see Auth0, "Native to Web SSO" */
export const parentAlive: NativeToWebCheck = ({ context, token }) =>
  token.refreshFamily === undefined ||
  [...context.memory.refreshTokens.values()].some(({ family }) => family === token.refreshFamily)
    ? undefined
    : singleSignOnWarnings.parentNotFound;
