import { done, type Outcome } from '../../messages/wire/outcome.ts';
import type { BackendSetting } from '../backend/backend-setting.ts';
import type { Menus } from '../entry-points/menus.ts';

type Dependencies = {
  readonly backend: Pick<BackendSetting, 'save'>;
  readonly signOut: () => Promise<unknown>;
  readonly menus: Pick<Menus, 'update'>;
  readonly changed: () => void;
};

/** Makes the function that changes the backend's address; another one than before signs the agent out first. */
export const createSaveBackend =
  ({ backend, signOut, menus, changed }: Dependencies) =>
  async (address: string): Promise<Outcome<{ origin: string; issuer: string }>> => {
    const saved = await backend.save(address, signOut);
    if (!saved.ok) {
      return saved;
    }
    changed();
    await menus.update();
    return done({ origin: saved.value.origin, issuer: saved.value.discovery.issuer });
  };
