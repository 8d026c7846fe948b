import type { LaunchId } from '../../contract/ids.ts';
import type { EndCause } from '../../contract/launch-state.ts';
import type { TargetApp } from '../../contract/target-app.ts';
import type { Tabs } from '../browser/tabs.ts';
import { isActive } from './launch-record.ts';
import type { LaunchStore } from './launch-store.ts';
import type { SessionTabs } from './session-tabs.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'all'>;
  readonly tabs: Pick<Tabs, 'exists'>;
  readonly sessionTabs: SessionTabs;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly endSession: (id: LaunchId, cause: EndCause) => Promise<unknown>;
  /** Whether the agent chose it. */
  readonly isWanted: () => Promise<boolean>;
  readonly now: () => number;
};

/**
 * Makes the function that ends sessions whose last tab was just closed, if the agent chose so. One whose tabs
 * are unknown, because the browser was started again, goes on.
 */
export const createLastTab = (dependencies: Dependencies) => async (): Promise<void> => {
  const { store, tabs, sessionTabs, findApp, now } = dependencies;
  if (!(await dependencies.isWanted())) return;
  for (const record of await store.all()) {
    const { id, tabId } = record;
    if (!isActive(record, now()) || tabId === undefined || (await tabs.exists(tabId))) continue;
    const app = await findApp(record.targetAppId);
    if (app && (await sessionTabs(record, app)).ids.length === 0)
      void dependencies.endSession(id, 'tab_closed');
  }
};
