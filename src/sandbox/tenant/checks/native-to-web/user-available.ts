import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/** The user still exists, is not blocked, and comes through a connection that the app has enabled. */
export const userAvailable: NativeToWebCheck = ({ context, request, token, user }) =>
  user &&
  user.blocked !== true &&
  context.directory.isConnectionEnabled(token.connection, request.client)
    ? undefined
    : singleSignOnWarnings.notFoundOrExpired;
