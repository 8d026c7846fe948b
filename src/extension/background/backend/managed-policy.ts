import type { StorageArea } from '../../browser/storage.ts';
import {
  type Managed,
  managedSchema,
  parseManagedSettings,
  wrongSetting,
} from '../../messages/set-up/managed-settings.ts';
import { storedValue } from '../storage/stored-value.ts';
import { parseBackendAddress } from './backend-address.ts';

/**
 * What the company's policy sets. For about three seconds after its start a browser does not answer what
 * that is, so the last answer is kept on disk and used until then.
 */
export type ManagedPolicy = {
  /** The settings as far as they are known; waits for the browser only when it never answered before. */
  readonly settings: () => Promise<Managed>;
  /** Settles when the browser has answered this worker: before that, nothing is sent to a backend in a launch or sign-in. */
  readonly confirmed: () => Promise<void>;
};

type Dependencies = {
  readonly local: StorageArea;
  /** The browser's managed storage. */
  readonly managed: {
    readonly read: () => Promise<unknown>;
    readonly onChanged: (listener: () => void) => void;
  };
  /** Without them, what should open in a container opens in a private window. */
  readonly hasContainers: boolean;
  /** Called when the policy turns out to be another one than was known. */
  readonly onChange: () => Promise<void>;
};

const NOTHING: Managed = { wrong: [] };

/**
 * Checks the address of the backend. One that cannot be used stays set, so that it locks the field: agents would
 * otherwise be free to enter another one.
 */
const checkAddress = (policy: unknown, managed: Managed): Managed => {
  const set: unknown = Reflect.get(Object(policy), 'backendUrl');
  if (set === undefined) {
    return managed;
  }
  const backendUrl = managed.backendUrl ?? '';
  const isUsable = managed.backendUrl === undefined || parseBackendAddress(backendUrl).ok;
  return {
    ...managed,
    backendUrl,
    wrong: isUsable ? managed.wrong : [...managed.wrong, wrongSetting('backendUrl', set)],
  };
};

const isSame = (one: Managed | undefined, other: Managed): boolean =>
  one !== undefined && JSON.stringify(managedSchema.parse(one)) === JSON.stringify(other);

/** Makes the {@link ManagedPolicy}, and asks the browser at once. */
export const createManagedPolicy = (dependencies: Dependencies): ManagedPolicy => {
  const { local, managed, hasContainers, onChange } = dependencies;
  const known = storedValue(local, 'managedPolicy', managedSchema);

  const inForce = (policy: unknown): Managed => {
    const checked = checkAddress(policy, parseManagedSettings(policy));
    const isElsewhere = checked.openIn === 'container' && !hasContainers;
    return managedSchema.parse({ ...checked, ...(isElsewhere && { openIn: 'private_window' }) });
  };

  const refresh = async (): Promise<void> => {
    const current = inForce(await managed.read());
    if (isSame(await known.read(), current)) {
      return;
    }
    await known.write(current);
    await onChange();
  };

  let latest = refresh();
  managed.onChanged(() => {
    latest = latest.then(refresh);
  });

  return {
    settings: async () => {
      const cached = await known.read();
      if (cached) {
        return cached;
      }
      await latest;
      return (await known.read()) ?? NOTHING;
    },
    confirmed: () => latest,
  };
};
