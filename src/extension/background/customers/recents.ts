import * as z from 'zod/mini';
import {
  type AgentId,
  agentIdSchema,
  type CustomerId,
  customerIdSchema,
  type TargetAppId,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';

const pairSchema = z.object({
  customerId: customerIdSchema,
  targetAppId: targetAppIdSchema,
  pinned: z._default(z.boolean(), false),
});
/** A customer in an app, by id only. */
export type RecentPair = z.infer<typeof pairSchema>;

/** Which customer in which app was launched before, of one agent. */
export type Recents = {
  /** Pinned ones first, then newest first. */
  readonly of: (agent: AgentId) => Promise<readonly RecentPair[]>;
  readonly newest: (agent: AgentId) => Promise<RecentPair | undefined>;
  readonly add: (agent: AgentId, customerId: CustomerId, targetAppId: TargetAppId) => Promise<void>;
  /** Pins a pair that is there, or lets it go; an unknown one changes nothing. */
  readonly pin: (agent: AgentId, pair: RecentPair) => Promise<void>;
  readonly forget: () => Promise<void>;
};

const MAX_PAIRS = 20;

/** Keeps the newest; of more than there is room for, the oldest that nobody pinned goes first. */
const newestOf = (pairs: readonly RecentPair[]): RecentPair[] => {
  const surplus = pairs.length - MAX_PAIRS;
  if (surplus <= 0) {
    return [...pairs];
  }
  const [, ...older] = pairs;
  const keptLongestFirst = [
    ...older.filter(({ pinned }) => pinned),
    ...older.filter(({ pinned }) => !pinned),
  ];
  const gone = keptLongestFirst.slice(-surplus);
  return pairs.filter((pair) => !gone.includes(pair));
};

/** Makes {@link Recents}. Another agent's are never shown, and overwritten by the first launch. */
export const createRecents = (local: StorageArea): Recents => {
  const stored = storedValue(
    local,
    'recents',
    z.object({ agentId: agentIdSchema, pairs: z.array(pairSchema) }),
  );
  const serial = createSerial();
  const newestFirst = async (agent: AgentId): Promise<readonly RecentPair[]> => {
    const recents = await stored.read();
    return recents?.agentId === agent ? recents.pairs : [];
  };
  const isSame = (pair: RecentPair, customerId: CustomerId, targetAppId: TargetAppId): boolean =>
    pair.customerId === customerId && pair.targetAppId === targetAppId;

  return {
    of: async (agent) =>
      (await newestFirst(agent)).toSorted((a, b) => Number(b.pinned) - Number(a.pinned)),
    newest: async (agent) => (await newestFirst(agent))[0],
    add: (agentId, customerId, targetAppId) =>
      serial(async () => {
        const known = await newestFirst(agentId);
        const pinned = known.some((pair) => pair.pinned && isSame(pair, customerId, targetAppId));
        const others = known.filter((pair) => !isSame(pair, customerId, targetAppId));
        await stored.write({
          agentId,
          pairs: newestOf([{ customerId, targetAppId, pinned }, ...others]),
        });
      }),
    pin: (agentId, { customerId, targetAppId, pinned }) =>
      serial(async () => {
        const pairs = (await newestFirst(agentId)).map((pair) =>
          isSame(pair, customerId, targetAppId) ? { ...pair, pinned } : pair,
        );
        if (pairs.length > 0) {
          await stored.write({ agentId, pairs });
        }
      }),
    forget: stored.forget,
  };
};
