import type { LaunchId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import type { Launches } from '../../launch-state/launches.ts';
import type { SessionTabs } from '../session-tabs.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find'>;
  readonly sessionTabs: SessionTabs;
  readonly tabs: Pick<Tabs, 'title'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

/** Makes the function that names the tabs of a session, as far as they can be seen. */
export const createTabTitles =
  ({ launches, sessionTabs, tabs, findApp }: Dependencies) =>
  async (launchId: LaunchId): Promise<{ titles: string[]; complete: boolean }> => {
    const record = await launches.find(launchId);
    const app = record && (await findApp(record.targetAppId));
    if (!app) {
      return { titles: [], complete: false };
    }
    const { ids, complete } = await sessionTabs(record, app);
    return { titles: await Promise.all(ids.map(tabs.title)), complete };
  };
