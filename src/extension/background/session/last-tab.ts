import type { LaunchId } from '../../../contract/ids.ts';
import type { EndCause } from '../../../contract/launch-state.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { PRIVATE_STORE } from '../../browser/cookie-store.ts';
import type { Tabs } from '../../browser/tabs.ts';
import { isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { SessionTabs } from './session-tabs.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'all'>;
  readonly tabs: Pick<Tabs, 'exists' | 'hasPrivateWindow'>;
  readonly sessionTabs: SessionTabs;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly endSession: (id: LaunchId, cause: EndCause) => Promise<unknown>;
  /** Whether the agent chose it. */
  readonly isWanted: () => Promise<boolean>;
  readonly now: () => number;
};

/**
 * Makes the function that ends sessions whose last tab was just closed, if the agent chose so; and those of
 * private windows with the last of these, when the browser forgets all that was in them. A session whose tabs
 * cannot all be known goes on.
 */
export const createLastTab = (dependencies: Dependencies) => async (): Promise<void> => {
  const { store, tabs, sessionTabs, findApp, now } = dependencies;
  const isWanted = await dependencies.isWanted();

  const isLeft = async (record: LaunchRecord): Promise<boolean> => {
    if (record.store === PRIVATE_STORE && !(await tabs.hasPrivateWindow())) return true;
    const app = isWanted ? await findApp(record.targetAppId) : undefined;
    if (!app) return false;
    const { ids, complete } = await sessionTabs(record, app);
    return complete && ids.length === 0;
  };

  for (const record of await store.all()) {
    const { id, tabId } = record;
    if (!isActive(record, now()) || tabId === undefined || (await tabs.exists(tabId))) continue;
    if (await isLeft(record)) void dependencies.endSession(id, 'tab_closed');
  }
};
