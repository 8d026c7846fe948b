import type { CustomerId, TargetAppId } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { type Draft, draftSchema } from '../../messages/launch/draft.ts';
import { EMPTY_DRAFT } from '../../messages/launch/empty-draft.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import { storedValue } from '../storage/stored-value.ts';

/** What the last launch was asked for with, to fill the panel with again. */
export type LastLaunch = {
  readonly read: () => Promise<Draft | undefined>;
  readonly remember: (request: LaunchRequestMessage) => Promise<void>;
};

type Pair = { readonly customerId: CustomerId; readonly targetAppId: TargetAppId };

/**
 * Makes {@link LastLaunch}. Reasons are personal and kept for the browser session only; after a restart
 * the newest of the agent's recent pairs has to do.
 */
export const createLastLaunch = (
  session: StorageArea,
  newestPair: () => Promise<Pair | undefined>,
): LastLaunch => {
  const stored = storedValue(session, 'lastLaunch', draftSchema);
  return {
    read: async () => {
      const last = await stored.read();
      const pair = last ? undefined : await newestPair();
      return pair ? { ...EMPTY_DRAFT, ...pair } : last;
    },
    remember: ({ customerId, targetAppId, organizationId, reason, ticket }) =>
      stored.write({
        ...EMPTY_DRAFT,
        customerId,
        targetAppId,
        ...(organizationId !== undefined && { organizationId }),
        ...(reason !== undefined && { reason }),
        ...(ticket !== undefined && { ticket }),
      }),
  };
};
