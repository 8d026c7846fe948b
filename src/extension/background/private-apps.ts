import * as z from 'zod/mini';
import type { TargetAppId } from '../../contract/ids.ts';
import type { StorageArea } from '../browser/storage.ts';
import type { OpenIn } from '../messages/launch-status.ts';
import { createSerial } from './serial.ts';
import { storedValue } from './stored-value.ts';

/** Remembers which apps the agent opened in a private window last. */
export const createPrivateApps = (local: StorageArea) => {
  const stored = storedValue(local, 'privateApps', z.array(z.string()));
  const serial = createSerial();
  const read = async (): Promise<string[]> => (await stored.read()) ?? [];
  return {
    read,
    remember: (app: TargetAppId, openIn: OpenIn): Promise<void> =>
      serial(async () => {
        const known = await read();
        const isPrivate = openIn === 'private_window';
        if (known.includes(app) === isPrivate) return;
        await stored.write(isPrivate ? [...known, app] : known.filter((id) => id !== app));
      }),
  };
};
