import { browserIdentity } from '../../browser/identity.ts';
import { extensionBaseUrl, extensionId, requiredPermissions } from '../../browser/runtime.ts';
import { SIGN_IN_REDIRECT_PATH } from '../sign-in/authorization-code.ts';
import { SIGN_OUT_REDIRECT_PATH } from '../sign-in/sign-out.ts';

/** What a platform engineer enters elsewhere for this installation, and what it asked for. */
export const describeInstallation = () => ({
  extensionId: extensionId(),
  origin: extensionBaseUrl().replace(/\/$/, ''),
  signInUrl: browserIdentity.redirectUrl(SIGN_IN_REDIRECT_PATH),
  signOutUrl: browserIdentity.redirectUrl(SIGN_OUT_REDIRECT_PATH),
  permissions: [...requiredPermissions()],
});
