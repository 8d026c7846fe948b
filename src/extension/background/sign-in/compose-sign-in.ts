import type { StorageArea } from '../../browser/storage.ts';
import { createBackendClient } from '../backend/backend-client.ts';
import { composeBackend } from '../backend/compose-backend.ts';
import { createAgentAccount } from './agent-account.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly eraseSnapshot: () => Promise<void>;
  readonly policyChanged: () => Promise<void>;
  readonly changed: () => void;
  readonly now: () => number;
};

/** Composes the backend, the agent's sign-in there, and calls as the agent who is signed in. */
export const composeSignIn = (dependencies: Dependencies) => {
  const { http, network, policy, setting, hasFeature } = composeBackend(dependencies);
  const account = createAgentAccount({ ...dependencies, network, backend: setting });
  const { tokens } = account;
  return {
    managed: policy.settings,
    setting,
    account,
    tokens,
    hasFeature,
    client: createBackendClient({ http, tokens }),
    isSignedIn: async (): Promise<boolean> => (await tokens.read()) !== undefined,
    backendOrigin: async (): Promise<string | undefined> => (await setting.origin()).origin,
  };
};
