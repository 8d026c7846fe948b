import { type SetupRecord, withoutEntry } from '../files/record.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { type Undoing, undoingOf } from './make-removal.ts';

type Removing = {
  readonly api: ManagementApi;
  readonly save: (record: SetupRecord) => Promise<void>;
  readonly say: (line: string) => void;
};

/**
 * Undoes what is on record and forgets each entry as soon as it is undone, so that a run that breaks off
 * can be repeated. Each step looks at the tenant again first.
 * @throws {ManagementRefusalError} at the first refusal.
 */
export const applyRemoval = async (
  undoings: readonly Undoing[],
  record: SetupRecord,
  { api, save, say }: Removing,
): Promise<SetupRecord> => {
  let current = record;
  for (const { entry } of undoings) {
    const { call, title } = await undoingOf(api, entry);
    if (call) {
      await api.send(call);
      say(`✓ ${title}`);
    }
    current = withoutEntry(current, entry);
    await save(current);
  }
  return current;
};
