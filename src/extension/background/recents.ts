import * as z from 'zod/mini';
import {
  type AgentId,
  agentIdSchema,
  type CustomerId,
  customerIdSchema,
  type TargetAppId,
  targetAppIdSchema,
} from '../../contract/ids.ts';
import type { StorageArea } from '../browser/storage.ts';
import { storedValue } from './stored-value.ts';

const pairSchema = z.object({ customerId: customerIdSchema, targetAppId: targetAppIdSchema });
type Pair = z.infer<typeof pairSchema>;

/** Which customer in which app was launched before, newest first, ids only, one agent's. */
export type Recents = {
  readonly of: (agent: AgentId) => Promise<readonly Pair[]>;
  readonly add: (agent: AgentId, customerId: CustomerId, targetAppId: TargetAppId) => Promise<void>;
  readonly forget: () => Promise<void>;
};

const MAX_PAIRS = 20;

/** Makes {@link Recents}. Another agent's are never shown, and overwritten by the first launch. */
export const createRecents = (local: StorageArea): Recents => {
  const stored = storedValue(
    local,
    'recents',
    z.object({ agentId: agentIdSchema, pairs: z.array(pairSchema) }),
  );
  const pairsOf = async (agent: AgentId): Promise<readonly Pair[]> => {
    const recents = await stored.read();
    return recents?.agentId === agent ? recents.pairs : [];
  };
  return {
    of: pairsOf,
    add: async (agentId, customerId, targetAppId) => {
      const others = (await pairsOf(agentId)).filter(
        (pair) => pair.customerId !== customerId || pair.targetAppId !== targetAppId,
      );
      const pairs = [{ customerId, targetAppId }, ...others].slice(0, MAX_PAIRS);
      await stored.write({ agentId, pairs });
    },
    forget: stored.forget,
  };
};
