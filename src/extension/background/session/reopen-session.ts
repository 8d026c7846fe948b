import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { PRIVATE_STORE } from '../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Launches } from '../launch-state/launches.ts';
import { isActive, statusOf } from '../launch-state/standing.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find' | 'note'>;
  readonly tabs: Pick<Tabs, 'open' | 'openPrivate'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/** Opens an app again in the cookie store of its session: the app still knows the customer there. */
export type ReopenSession = (launchId: LaunchId) => Promise<Outcome<LaunchStatus>>;

/** Makes {@link ReopenSession}. No token is involved, so it opens the app's own first page. */
export const createReopenSession =
  ({ launches, tabs, findApp, now }: Dependencies): ReopenSession =>
  async (launchId) => {
    const record = await launches.find(launchId);
    const home = record && (await findApp(record.targetAppId))?.origins[0];
    if (!record || !isActive(record, now()) || record.cookieStore === undefined || !home) {
      return refused(extensionProblem('launch_unknown'));
    }
    try {
      const url = new URL('/', home).href;
      const tabId =
        record.cookieStore === PRIVATE_STORE
          ? await tabs.openPrivate(url)
          : await tabs.open(url, record.cookieStore);
      const tab = tabId === undefined ? 'unknown' : 'open';
      const noted = await launches.note(launchId, { tabId, tab });
      return done(statusOf(noted ?? record, now()));
    } catch {
      // The agent removed the container, or there is no browser window.
      return refused(extensionProblem('tab_not_opened'));
    }
  };
