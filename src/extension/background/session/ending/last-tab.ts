import type { LaunchId } from '../../../../contract/ids.ts';
import type { EndCause } from '../../../../contract/launch-state.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { PRIVATE_STORE } from '../../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import { inBackground } from '../../../in-background.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import type { SessionTabs } from '../session-tabs.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'active'>;
  readonly tabs: Pick<Tabs, 'exists' | 'hasPrivateWindow'>;
  readonly sessionTabs: SessionTabs;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly endSession: (id: LaunchId, cause: EndCause) => Promise<unknown>;
  /** Whether the agent or the company chose it. */
  readonly isWanted: () => Promise<boolean>;
};

/**
 * Makes the function that ends sessions whose last tab was just closed, if that was chosen; and those of
 * private windows with the last of these, when the browser forgets all that was in them. A session whose tabs
 * cannot all be known goes on.
 */
export const createLastTab = (dependencies: Dependencies) => async (): Promise<void> => {
  const { launches, tabs, sessionTabs, findApp } = dependencies;
  const isWanted = await dependencies.isWanted();

  const hasNoTab = async (record: LaunchRecord): Promise<boolean> => {
    if (record.cookieStore === PRIVATE_STORE && !(await tabs.hasPrivateWindow())) {
      return true;
    }
    const app = isWanted ? await findApp(record.targetAppId) : undefined;
    if (!app) {
      return false;
    }
    const { ids, complete } = await sessionTabs(record, app);
    return complete && ids.length === 0;
  };

  for (const record of await launches.active()) {
    const { id, tabId } = record;
    const isClosed = tabId !== undefined && !(await tabs.exists(tabId));
    if (isClosed && (await hasNoTab(record))) {
      inBackground(dependencies.endSession(id, 'tab_closed'), 'ending a session with its last tab');
    }
  }
};
