import { browserIdentity } from '../../browser/identity.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Network } from '../backend/backend-http.ts';
import type { BackendSetting } from '../backend/backend-setting.ts';
import { createAgentTokens } from './agent-tokens.ts';
import { createAuthorizationCode } from './authorization-code.ts';
import { createAuthorizationServers } from './authorization-server.ts';
import { createOwnSessionTransferGrant } from './own-session-transfer.ts';
import { createRefreshGrant } from './refresh-grant.ts';
import { createRefreshTokenRevocation } from './refresh-token-revocation.ts';
import { createSignIn } from './sign-in.ts';
import { createSignInAgain } from './sign-in-again.ts';
import { createSignInStatus, type SignInStatus } from './sign-in-status.ts';
import { createSignOut } from './sign-out.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly network: Network;
  readonly backend: BackendSetting;
  readonly changed: () => void;
  readonly eraseSnapshot: () => Promise<void>;
  readonly now: () => number;
};

type SignInParts = {
  readonly forgetOthers: () => Promise<void>;
  readonly onSignedIn: () => Promise<void>;
};

/** Composes what has to do with the agent's own sign-in: the tokens, and the ways in and out. */
export const createAgentAccount = (dependencies: Dependencies) => {
  const { session, local, network, backend, changed, eraseSnapshot, now } = dependencies;
  const servers = createAuthorizationServers(network);
  const status = createSignInStatus(session);
  const setStatus = async (next: SignInStatus): Promise<void> => {
    await status.write(next);
    changed();
  };
  const tokens = createAgentTokens({
    session,
    backend: backend.current,
    remembered: backend.remembered,
    policyConfirmed: backend.policyConfirmed,
    refresh: createRefreshGrant(servers, network),
    ownSessionTransfer: createOwnSessionTransferGrant(servers, network),
    now,
    onExpired: () =>
      setStatus({
        signingIn: false,
        webSessionLeft: false,
        problem: extensionProblem('session_expired'),
      }),
  });
  const authorizationCode = createAuthorizationCode({
    servers,
    identity: browserIdentity,
    network,
  });
  const revoke = createRefreshTokenRevocation(servers);
  const ways = { session, local, tokens, setStatus };
  return {
    tokens,
    status,
    signIn: (parts: SignInParts) =>
      createSignIn({
        ...ways,
        ...parts,
        backend: backend.fresh,
        authorizationCode,
      }),
    signInAgain: (agentEmail: () => Promise<string | undefined>) =>
      createSignInAgain({
        tokens,
        authorizationCode,
        revoke,
        agentEmail,
        backend: backend.current,
      }),
    signOut: (forgetRecents: () => Promise<void>) =>
      createSignOut({
        ...ways,
        forgetRecents,
        eraseSnapshot,
        remembered: backend.remembered,
        identity: browserIdentity,
        revoke,
      }),
  };
};
export type AgentAccount = ReturnType<typeof createAgentAccount>;
