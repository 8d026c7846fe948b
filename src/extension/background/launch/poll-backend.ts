import type { LaunchId } from '../../../contract/ids.ts';
import type { Launch } from '../../../contract/launch.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { POLL_MILLISECONDS } from '../durations.ts';
import { isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly store: LaunchStore;
  readonly adopt: (launch: Launch) => Promise<void>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Asks the backend what the tenant's log says about launches. Nothing here rejects. */
export type Confirmation = {
  /** Asks again and again until the launch is confirmed, or not any more; once for a launch at a time. */
  readonly watch: (record: LaunchRecord) => Promise<void>;
  /** Asks once about a launch. */
  readonly look: (id: LaunchId) => Promise<void>;
  /** Asks once about every session that is open. */
  readonly lookAtAll: () => Promise<void>;
};

/** Tells whether the tenant's log has something to say yet; also of a tab that nobody saw being opened. */
const isOpen = ({ state, problem }: LaunchRecord): boolean =>
  state === 'opened' || state === 'landed' || (state === 'not_landed' && problem !== undefined);

/** Makes {@link Confirmation}. The state comes from the backend alone: a tab proves nothing about who is in it. */
export const createConfirmation = (dependencies: Dependencies): Confirmation => {
  const { client, store, adopt, delay, now } = dependencies;
  const watched = new Set<LaunchId>();

  const look = async (id: LaunchId): Promise<void> => {
    const answer = await client('launch', { params: { id } });
    if (answer.ok) await adopt(answer.value);
  };

  const lookUntilSettled = async (id: LaunchId): Promise<void> => {
    for (const wait of POLL_MILLISECONDS) {
      await delay(wait);
      const record = await store.find(id);
      if (!record || !isOpen(record)) return;
      await look(id);
    }
  };

  return {
    look,
    watch: async (record) => {
      const { id } = record;
      if (watched.has(id) || !isOpen(record)) return;
      watched.add(id);
      await lookUntilSettled(id).finally(() => watched.delete(id));
    },
    lookAtAll: async () => {
      const active = (await store.all()).filter((record) => isActive(record, now()));
      await Promise.all(active.map(({ id }) => look(id)));
    },
  };
};
