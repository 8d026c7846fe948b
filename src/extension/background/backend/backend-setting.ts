import * as z from 'zod/mini';
import { type Discovery, discoverySchema } from '../../../contract/discovery.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { storedValue } from '../storage/stored-value.ts';
import { parseBackendAddress } from './backend-address.ts';
import type { BackendHttp } from './backend-http.ts';
import { fetchDiscovery } from './discovery.ts';
import type { ManagedPolicy } from './managed-policy.ts';

/** The backend in use and how agents sign in there. */
export type Backend = { readonly origin: string; readonly discovery: Discovery };

/** The only setting: which backend. */
export type BackendSetting = {
  /** The configured origin, from the company's policy if that sets one. */
  readonly origin: () => Promise<{ origin: string | undefined; managed: boolean }>;
  /** The backend with its discovery, fetched when it is not remembered. */
  readonly current: () => Promise<Outcome<Backend>>;
  /** The backend with its discovery fetched anew: what the agent signs in with must not be out of date. */
  readonly fresh: () => Promise<Outcome<Backend>>;
  /** The remembered discovery, if it belongs to the configured origin. */
  readonly remembered: () => Promise<Backend | undefined>;
  /** Settles when it is certain what the company's policy sets. */
  readonly policyConfirmed: () => Promise<void>;
  /** Checks that there is an Understudy backend at the address, and remembers it; `beforeChange` runs first when it is another one than before. */
  readonly save: (
    address: string,
    beforeChange: () => Promise<unknown>,
  ) => Promise<Outcome<Backend>>;
};

type Dependencies = {
  readonly local: StorageArea;
  readonly policy: ManagedPolicy;
  readonly http: BackendHttp;
};

/** Makes the {@link BackendSetting}; a policy's `backendUrl` wins over what the agent saved. */
export const createBackendSetting = ({ local, policy, http }: Dependencies): BackendSetting => {
  const address = storedValue(local, 'backendOrigin', z.string());
  const memory = storedValue(
    local,
    'backend',
    z.object({ origin: z.string(), discovery: discoverySchema }),
  );

  const origin: BackendSetting['origin'] = async () => {
    const [{ backendUrl: managed }, saved] = await Promise.all([policy.settings(), address.read()]);
    const typed = managed ?? saved;
    const parsed = typed === undefined ? undefined : parseBackendAddress(typed);
    return {
      origin: parsed?.ok ? parsed.value : undefined,
      managed: managed !== undefined,
    };
  };

  const remembered: BackendSetting['remembered'] = async () => {
    const [configured, backend] = await Promise.all([origin(), memory.read()]);
    return backend && backend.origin === configured.origin ? backend : undefined;
  };

  const find = async (at: string): Promise<Outcome<Backend>> => {
    const discovery = await fetchDiscovery(http, at);
    return discovery.ok ? done({ origin: at, discovery: discovery.value }) : discovery;
  };

  const fresh: BackendSetting['fresh'] = async () => {
    await policy.confirmed();
    const configured = await origin();
    if (configured.origin === undefined) {
      return refused(extensionProblem('backend_missing'));
    }
    const found = await find(configured.origin);
    if (found.ok) {
      await memory.write(found.value);
    }
    return found;
  };

  const current: BackendSetting['current'] = async () => {
    const known = await remembered();
    return known ? done(known) : fresh();
  };

  const save: BackendSetting['save'] = async (text, beforeChange) => {
    await policy.confirmed();
    const before = await origin();
    if (before.managed) {
      return refused(extensionProblem('address_managed'));
    }
    const parsed = parseBackendAddress(text);
    if (!parsed.ok) {
      return parsed;
    }
    const found = await find(parsed.value);
    if (!found.ok) {
      return found;
    }
    if (before.origin !== parsed.value) {
      await beforeChange();
    }
    await memory.write(found.value);
    await address.write(parsed.value);
    return found;
  };

  return { origin, current, fresh, remembered, policyConfirmed: policy.confirmed, save };
};
