import type { LaunchRequestMessage } from '../../messages/launch.ts';
import type { Customers } from '../customers/compose-customers.ts';
import type { LastLaunch } from '../entry-points/last-launch.ts';
import type { Menus } from '../entry-points/menus.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';
import type { createDraftStore } from '../storage/draft-store.ts';
import type { createRememberedPlaces } from '../storage/remembered-places.ts';

type Dependencies = {
  readonly customers: Pick<Customers, 'recents' | 'agentId'>;
  readonly places: Pick<ReturnType<typeof createRememberedPlaces>, 'remember'>;
  readonly drafts: Pick<ReturnType<typeof createDraftStore>, 'forget'>;
  readonly lastLaunch: Pick<LastLaunch, 'remember'>;
  readonly menus: Pick<Menus, 'update'>;
  readonly closePanelWindow: () => Promise<void>;
};

/** Makes the function that remembers a launch whose tab is open, for the next one, and puts the panel away. */
export const createAfterOpen =
  ({ customers, places, drafts, lastLaunch, menus, closePanelWindow }: Dependencies) =>
  async (record: LaunchRecord, request: LaunchRequestMessage): Promise<void> => {
    const agent = await customers.agentId();
    await Promise.all([
      places.remember(record.targetAppId, request.openIn),
      drafts.forget(),
      lastLaunch.remember(request),
      closePanelWindow(),
    ]);
    if (agent !== undefined) {
      await customers.recents.add(agent, record.customerId, record.targetAppId);
    }
    await menus.update();
  };
