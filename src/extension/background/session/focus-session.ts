import type { LaunchId } from '../../../contract/ids.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import type { Launches } from '../launch-state/launches.ts';

/** Brings a session's tab to the front; tells whether there was one. */
export type FocusSession = (launchId: LaunchId) => Promise<{ focused: boolean }>;

/** Makes {@link FocusSession}. */
export const createFocusSession =
  (launches: Pick<Launches, 'find'>, tabs: Pick<Tabs, 'exists' | 'focus'>): FocusSession =>
  async (launchId) => {
    const tabId = (await launches.find(launchId))?.tabId;
    if (tabId === undefined || !(await tabs.exists(tabId))) {
      return { focused: false };
    }
    await tabs.focus(tabId);
    return { focused: true };
  };
