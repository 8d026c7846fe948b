import type { Customers } from '../customers/compose-customers.ts';
import type { LastLaunch } from '../entry-points/last-launch.ts';
import type { Menus } from '../entry-points/menus.ts';
import type { OnOpened } from '../launch/opening/tab-opening.ts';
import type { createDraftStore } from '../storage/draft-store.ts';
import type { createRememberedPlaces } from '../storage/remembered-places.ts';

type Dependencies = {
  readonly customers: Pick<Customers, 'recents' | 'agentId'>;
  readonly places: Pick<ReturnType<typeof createRememberedPlaces>, 'remember'>;
  readonly drafts: Pick<ReturnType<typeof createDraftStore>, 'forgetOf'>;
  readonly lastLaunch: Pick<LastLaunch, 'remember'>;
  readonly menus: Pick<Menus, 'update'>;
  readonly closePanelWindow: () => Promise<void>;
};

/**
 * Makes the function that puts the panel away when a launch's tab is open, and remembers the launch for the next
 * one when the tab has loaded.
 */
export const createAfterOpen =
  ({ customers, places, drafts, lastLaunch, menus, closePanelWindow }: Dependencies): OnOpened =>
  async (record, request, loaded) => {
    await Promise.all([drafts.forgetOf(record), closePanelWindow()]);
    await loaded;
    const agent = await customers.agentId();
    await Promise.all([
      places.remember(record.targetAppId, request.openIn),
      lastLaunch.remember(request),
    ]);
    if (agent !== undefined) {
      await customers.recents.add(agent, record.customerId, record.targetAppId);
    }
    await menus.update();
  };
