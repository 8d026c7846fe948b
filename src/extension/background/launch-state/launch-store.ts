import * as z from 'zod/mini';
import type { LaunchId } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import { isActive, type LaunchRecord, launchRecordSchema } from './launch-record.ts';

/** The launches of this browser session, newest first. */
export type LaunchStore = {
  readonly all: () => Promise<readonly LaunchRecord[]>;
  readonly find: (id: LaunchId) => Promise<LaunchRecord | undefined>;
  readonly put: (record: LaunchRecord) => Promise<LaunchRecord>;
  /** Changes a launch that exists; gives what it is now. */
  readonly change: (
    id: LaunchId,
    changed: Partial<LaunchRecord>,
  ) => Promise<LaunchRecord | undefined>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly now: () => number;
  /** Told after each change. */
  readonly onChange: () => void;
};

const MAX_FINISHED = 20;

/** Makes {@link LaunchStore}; active sessions are always kept, of the rest the newest twenty. */
export const createLaunchStore = ({ session, now, onChange }: Dependencies): LaunchStore => {
  const stored = storedValue(session, 'launches', z.array(launchRecordSchema));
  const serial = createSerial();
  const all = async (): Promise<readonly LaunchRecord[]> => (await stored.read()) ?? [];

  const write = async (record: LaunchRecord): Promise<LaunchRecord> => {
    const known = await all();
    const replaced = known.some(({ id }) => id === record.id)
      ? known.map((other) => (other.id === record.id ? record : other))
      : [record, ...known];
    await stored.write(
      replaced.filter((kept, index) => index < MAX_FINISHED || isActive(kept, now())),
    );
    onChange();
    return record;
  };

  const find: LaunchStore['find'] = async (id) => (await all()).find((record) => record.id === id);

  return {
    all,
    find,
    put: (record) => serial(() => write(record)),
    change: (id, changed) =>
      serial(async () => {
        const record = await find(id);
        return record && write({ ...record, ...changed });
      }),
  };
};
