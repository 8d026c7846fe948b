import type { TargetApp } from '../../../../contract/target-app.ts';
import type { CookieStore } from '../../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import type { SessionTabs } from '../session-tabs.ts';
import {
  appLogoutUrl,
  loginDomainLogoutUrl,
  type SignOutTarget,
  signOutTargetOf,
} from '../sign-out-urls.ts';
import { navigateAndSettle, waitUntilReady } from './tab-settled.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'note'>;
  readonly tabs: Tabs;
  readonly sessionTabs: SessionTabs;
  readonly delay: (milliseconds: number) => Promise<void>;
};

const STEP_TIMEOUT_MILLISECONDS = 15_000;

/** Signs the browser out of places that a session lives in. */
export type BrowserSignOut = {
  /**
   * Signs a session out of the app and of its login domain, in its tab or in one of the same cookie
   * store, and lets no tab of the app go on showing the customer: they are loaded again, or closed when
   * `closeTabs` says so. Tells whether there was a tab to do it in: there is none for a session of another
   * browser, nor in a private window that the extension may not see.
   */
  readonly session: (record: LaunchRecord, app: TargetApp, closeTabs: boolean) => Promise<boolean>;
  /**
   * Signs whoever it is out of an app and of its login domain, in a tab that is closed again, and loads the
   * app's tabs again: those that can be seen, and those that are known to show it.
   */
  readonly place: (
    target: SignOutTarget,
    cookieStore: CookieStore,
    knownTabs?: readonly number[],
  ) => Promise<boolean>;
  /** Signs whoever it is out of an app's login domain; tells whether there was a tab to do it in. */
  readonly loginDomain: (app: TargetApp, cookieStore: CookieStore) => Promise<boolean>;
};

type Step = 'app' | 'login_domain';

/** Makes {@link BrowserSignOut}. It opens the logout pages and cannot see whether they signed anybody out. */
export const createBrowserSignOut = (dependencies: Dependencies): BrowserSignOut => {
  const { launches, tabs } = dependencies;

  const visit = (tabId: number, url: string): Promise<boolean> =>
    navigateAndSettle(tabs, tabId, url, dependencies.delay(STEP_TIMEOUT_MILLISECONDS));

  const signOutIn = async (
    tabId: number,
    target: SignOutTarget,
    onStep: (step: Step) => Promise<unknown>,
  ): Promise<void> => {
    const appLogout = appLogoutUrl(target);
    if (appLogout !== undefined) {
      await onStep('app');
      await visit(tabId, appLogout);
    }
    await onStep('login_domain');
    await visit(tabId, loginDomainLogoutUrl(target));
  };

  /** Does something in a new tab, if the cookie store has a window that the extension can see. */
  const inNewTab = async (
    cookieStore: CookieStore,
    task: (tabId: number) => Promise<unknown>,
  ): Promise<boolean> => {
    const tabId = await tabs.openBehind(cookieStore);
    if (tabId === undefined) {
      return false;
    }
    try {
      await waitUntilReady(tabs, tabId, dependencies.delay(STEP_TIMEOUT_MILLISECONDS));
      await task(tabId);
      return true;
    } catch {
      // The agent closed it in the middle.
      return false;
    } finally {
      await tabs.close(tabId);
    }
  };

  const signOutSessionIn = (tabId: number, record: LaunchRecord, app: TargetApp): Promise<void> =>
    signOutIn(tabId, signOutTargetOf(app), (ending) => launches.note(record.id, { ending }));

  const inOwnTab = async (record: LaunchRecord, app: TargetApp): Promise<boolean> => {
    const { own } = await dependencies.sessionTabs(record, app);
    if (own === undefined) {
      return false;
    }
    try {
      await signOutSessionIn(own, record, app);
      return true;
    } catch {
      // The agent closed the tab in the middle; the session is the browser's, not the tab's.
      return false;
    }
  };

  /** Reloads or closes the app's tabs: one that stays as it is would silently act as the next customer. */
  const settleTabs = async (record: LaunchRecord, app: TargetApp, closeTabs: boolean) => {
    const { ids } = await dependencies.sessionTabs(record, app);
    for (const tabId of ids) {
      if (closeTabs) {
        await tabs.close(tabId);
      } else if (tabId !== record.tabId) {
        await tabs.reload(tabId);
      }
    }
  };

  return {
    session: async (record, app, closeTabs) => {
      // The session is in another browser. Whoever is signed in here is somebody else.
      if (record.cookieStore === undefined) {
        return false;
      }
      const reached =
        (await inOwnTab(record, app)) ||
        (await inNewTab(record.cookieStore, (tabId) => signOutSessionIn(tabId, record, app)));
      await settleTabs(record, app, closeTabs);
      return reached;
    },
    place: async (target, cookieStore, knownTabs = []) => {
      const reached = await inNewTab(cookieStore, (tabId) =>
        signOutIn(tabId, target, async () => undefined),
      );
      const appLogout = appLogoutUrl(target);
      const origins = appLogout === undefined ? [] : [new URL(appLogout).origin];
      for (const tabId of new Set([...knownTabs, ...(await tabs.showing(origins, cookieStore))])) {
        await tabs.reload(tabId);
      }
      return reached;
    },
    loginDomain: (app, cookieStore) =>
      inNewTab(cookieStore, (tabId) => visit(tabId, loginDomainLogoutUrl(signOutTargetOf(app)))),
  };
};
