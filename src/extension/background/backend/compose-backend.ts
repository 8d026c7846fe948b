import type { StorageArea } from '../../browser/storage.ts';
import { managedStorage } from '../../browser/storage.ts';
import { createBackendHttp } from './backend-http.ts';
import { createBackendSetting } from './backend-setting.ts';
import { browserNetwork } from './browser-network.ts';
import { createHasFeature } from './features.ts';
import { createManagedPolicy } from './managed-policy.ts';

type Dependencies = {
  readonly local: StorageArea;
  readonly eraseSnapshot: () => Promise<void>;
  readonly changed: () => void;
};

/** Composes what is known of the backend, and how it is reached. */
export const composeBackend = ({ local, eraseSnapshot, changed }: Dependencies) => {
  const http = createBackendHttp(browserNetwork);
  const policy = createManagedPolicy({
    local,
    managed: managedStorage,
    onChange: async () => {
      await eraseSnapshot();
      changed();
    },
  });
  const setting = createBackendSetting({ local, policy, http });
  return { network: browserNetwork, http, setting, hasFeature: createHasFeature(setting) };
};
