import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../../../contract/ids.ts';
import type { StorageArea } from '../../../browser/storage.ts';
import { createSerial } from '../../storage/serial.ts';
import { storedValue } from '../../storage/stored-value.ts';
import type { KeptSession } from './kept-sessions.ts';

/**
 * The sessions that this browser has signed out while nobody was signed in who could have the backend end them.
 * They are on disk: a sign-in empties the session storage, and may come after another restart.
 */
export type UnreportedEnds = {
  readonly note: (session: Pick<KeptSession, 'launchId' | 'endsAt'>) => Promise<void>;
  readonly includes: (launchId: LaunchId) => Promise<boolean>;
  readonly forget: (launchId: LaunchId) => Promise<void>;
};

const schema = z.array(z.object({ launchId: launchIdSchema, endsAt: z.iso.datetime() }));

/** Makes {@link UnreportedEnds}. One whose time is over is dropped with the next that is noted. */
export const createUnreportedEnds = (local: StorageArea, now: () => number): UnreportedEnds => {
  const stored = storedValue(local, 'unreportedEnds', schema);
  const serial = createSerial();
  const all = async () => (await stored.read()) ?? [];
  const others = async (id: LaunchId) => (await all()).filter(({ launchId }) => launchId !== id);

  return {
    note: ({ launchId, endsAt }) =>
      serial(async () => {
        const lasting = (await others(launchId)).filter((end) => Date.parse(end.endsAt) > now());
        await stored.write([...lasting, { launchId, endsAt }]);
      }),
    includes: async (id) => (await all()).some(({ launchId }) => launchId === id),
    forget: (launchId) => serial(async () => stored.write(await others(launchId))),
  };
};
