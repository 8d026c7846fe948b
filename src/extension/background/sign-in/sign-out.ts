import * as z from 'zod/mini';
import type { Identity } from '../../browser/identity.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { done } from '../../messages/wire/outcome.ts';
import type { Backend } from '../backend/backend-setting.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { AgentTokens } from './agent-tokens.ts';
import type { RefreshTokenRevocation } from './refresh-token-revocation.ts';
import { PASSWORD_NEEDED_KEY } from './sign-in.ts';
import type { SignInStatus } from './sign-in-status.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly remembered: () => Promise<Backend | undefined>;
  readonly tokens: Pick<AgentTokens, 'take'>;
  readonly identity: Identity;
  readonly revoke: RefreshTokenRevocation;
  readonly forgetRecents: () => Promise<void>;
  /** Takes away what views show of the agent and the customers. */
  readonly eraseSnapshot: () => Promise<void>;
  readonly setStatus: (status: SignInStatus) => Promise<void>;
};

/** The path of the redirect URL that a tenant must allow after logout. */
export const SIGN_OUT_REDIRECT_PATH = 'sign-out';

const logoutUrl = (backend: Backend, returnTo: string): string => {
  const url = new URL('v2/logout', backend.discovery.issuer);
  url.searchParams.set('client_id', backend.discovery.clientId);
  url.searchParams.set('returnTo', returnTo);
  return url.href;
};

/**
 * Makes the sign-out: revokes every refresh token of the sign-in, ends the sign-in's web session, and clears tokens
 * and all that is known about customers. Clears in any case; says what the issuer did not confirm,
 * and then makes the next sign-in ask for the password.
 */
export const createSignOut = (dependencies: Dependencies) => {
  const { identity, session } = dependencies;
  const passwordNeeded = storedValue(dependencies.local, PASSWORD_NEEDED_KEY, z.boolean());

  const endWebSession = async (backend: Backend): Promise<boolean> => {
    try {
      const returnTo = identity.redirectUrl(SIGN_OUT_REDIRECT_PATH);
      const url = logoutUrl(backend, returnTo);
      const endedAt = await identity.launchWebAuthFlow({ url, interactive: false });
      return endedAt.startsWith(returnTo);
    } catch {
      // Mostly a tenant that does not allow our redirect URL after logout: the session may remain.
      return false;
    }
  };

  return async () => {
    await dependencies.eraseSnapshot();
    const [backend, tokens] = [await dependencies.remembered(), await dependencies.tokens.take()];
    // First of all, whatever happens to the worker after this, nobody is signed in here any more.
    await Promise.all([session.clear(), dependencies.forgetRecents()]);
    await dependencies.setStatus({ signingIn: false, webSessionLeft: false });
    if (!backend || !tokens) {
      return done({ revoked: true, webSessionEnded: true });
    }
    await passwordNeeded.write(true);
    const { refreshToken, earlierRefreshTokens = [] } = tokens;
    const refreshTokens = [...earlierRefreshTokens, ...(refreshToken ? [refreshToken] : [])];
    const [revocations, webSessionEnded] = await Promise.all([
      Promise.all(refreshTokens.map((token) => dependencies.revoke(backend, token))),
      endWebSession(backend),
    ]);
    const revoked = !revocations.includes(false);
    if (webSessionEnded) {
      await passwordNeeded.forget();
    } else {
      await dependencies.setStatus({ signingIn: false, webSessionLeft: true });
    }
    return done({ revoked, webSessionEnded });
  };
};
