import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { Tabs } from '../../browser/tabs.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { SessionTabs } from './session-tabs.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'find'>;
  readonly sessionTabs: SessionTabs;
  readonly tabs: Pick<Tabs, 'title'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

/** Makes the function that names the tabs of a session, as far as they can be seen. */
export const createTabTitles =
  ({ store, sessionTabs, tabs, findApp }: Dependencies) =>
  async (launchId: LaunchId): Promise<{ titles: string[]; complete: boolean }> => {
    const record = await store.find(launchId);
    const app = record && (await findApp(record.targetAppId));
    if (!app) return { titles: [], complete: false };
    const { ids, complete } = await sessionTabs(record, app);
    return { titles: await Promise.all(ids.map(tabs.title)), complete };
  };
