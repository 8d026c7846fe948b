import * as z from 'zod/mini';
import type { TargetAppId } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { OpenIn } from '../../messages/launch/launch-status.ts';
import { type Place, placeSchema } from '../../messages/snapshot.ts';
import { createSerial } from './serial.ts';
import { storedValue } from './stored-value.ts';

/** Remembers where the agent opened each app last. */
export const createRememberedPlaces = (local: StorageArea) => {
  const stored = storedValue(local, 'places', z.array(placeSchema));
  const serial = createSerial();
  const read = async (): Promise<Place[]> => (await stored.read()) ?? [];
  return {
    read,
    remember: (app: TargetAppId, openIn: OpenIn): Promise<void> =>
      serial(async () => {
        const others = (await read()).filter((place) => place.app !== app);
        await stored.write([...others, { app, openIn }]);
      }),
  };
};
