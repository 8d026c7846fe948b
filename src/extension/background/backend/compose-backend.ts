import { hasContainers } from '../../browser/permissions.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { managedStorage } from '../../browser/storage.ts';
import { inBackground } from '../../in-background.ts';
import { createBackendHttp } from './backend-http.ts';
import { createBackendSetting } from './backend-setting.ts';
import { browserNetwork } from './browser-network.ts';
import { createHasFeature } from './features.ts';
import { createManagedPolicy } from './managed-policy.ts';

type Dependencies = {
  readonly local: StorageArea;
  readonly eraseSnapshot: () => Promise<void>;
  /** Called when the company's policy is another one than was known. */
  readonly policyChanged: () => Promise<void>;
};

/** Composes what is known of the backend, and how it is reached. */
export const composeBackend = ({ local, eraseSnapshot, policyChanged }: Dependencies) => {
  const http = createBackendHttp(browserNetwork);
  const policy = createManagedPolicy({
    local,
    managed: managedStorage,
    hasContainers: hasContainers(),
    onChange: async () => {
      await eraseSnapshot();
      // Much of what follows waits until the policy is certain, which it is once this returns.
      inBackground(policyChanged(), 'following the policy of the company');
    },
  });
  const setting = createBackendSetting({ local, policy, http });
  return { network: browserNetwork, http, policy, setting, hasFeature: createHasFeature(setting) };
};
