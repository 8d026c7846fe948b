import type { LaunchId } from '../../contract/ids.ts';
import { isSecureTransport } from '../../contract/login-url.ts';
import type { TargetApp } from '../../contract/target-app.ts';
import type { Tabs } from '../browser/tabs.ts';
import type { LaunchStatus } from '../messages/launch-status.ts';
import { done, type Outcome, refused } from '../messages/outcome.ts';
import { extensionProblem } from '../messages/problem.ts';
import { type LaunchRecord, statusOf } from './launch-record.ts';
import type { LaunchReporter } from './launch-reporter.ts';
import type { LaunchStore } from './launch-store.ts';
import { navigateAndSettle } from './tab-settled.ts';

type Dependencies = {
  readonly store: LaunchStore;
  readonly tabs: Tabs;
  readonly report: LaunchReporter;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
};

const STEP_TIMEOUT_MILLISECONDS = 15_000;

/** The login domain's logout, on the transport that the app's login uses. @see Auth0 "Log Users Out of Auth0" */
const loginDomainLogoutUrl = (app: TargetApp): string => {
  const url = new URL(`${new URL(app.loginUrl).protocol}//${app.loginDomain}/v2/logout`);
  url.searchParams.set('client_id', app.id);
  return url.href;
};

const safeLogoutUrl = (app: TargetApp): string | undefined => {
  const url = app.logoutUrl === undefined ? null : URL.parse(app.logoutUrl);
  return url && isSecureTransport(url, true) ? url.href : undefined;
};

/**
 * Makes the plain form of ending: navigates the session's tab, or a new one, to the app's logout and
 * then to the login domain's. It does not check that both worked.
 */
export const createEndSession = (dependencies: Dependencies) => {
  const { store, tabs } = dependencies;

  const signOutIn = async (tabId: number, record: LaunchRecord, app: TargetApp): Promise<void> => {
    const timeout = () => dependencies.delay(STEP_TIMEOUT_MILLISECONDS);
    const appLogout = safeLogoutUrl(app);
    if (appLogout !== undefined) {
      await store.change(record.id, { ending: 'app' });
      await navigateAndSettle(tabs, tabId, appLogout, timeout());
    }
    await store.change(record.id, { ending: 'login_domain' });
    await navigateAndSettle(tabs, tabId, loginDomainLogoutUrl(app), timeout());
  };

  const signOutInNewTab = async (record: LaunchRecord, app: TargetApp): Promise<void> => {
    const tabId = await tabs.open('about:blank', { active: false });
    await signOutIn(tabId, record, app);
    await tabs.close(tabId);
  };

  const signOut = async (record: LaunchRecord, app: TargetApp): Promise<void> => {
    const { tabId } = record;
    if (tabId === undefined || !(await tabs.exists(tabId))) return signOutInNewTab(record, app);
    try {
      await signOutIn(tabId, record, app);
    } catch {
      // The agent closed the tab in the middle; the session is the browser's, not the tab's.
      await signOutInNewTab(record, app);
    }
  };

  const run = async (launchId: LaunchId): Promise<Outcome<LaunchStatus>> => {
    const record = await store.find(launchId);
    if (!record) return refused(extensionProblem('launch_unknown'));
    if (record.state === 'ended') return done(statusOf(record));
    const app = await dependencies.findApp(record.targetAppId);
    if (!app) return refused(extensionProblem('logout_unknown'));
    await signOut(record, app);
    const ended = await store.change(launchId, {
      state: 'ended',
      ending: undefined,
      dismissed: false,
    });
    void dependencies.report(launchId, { type: 'ended', cause: 'agent' });
    return ended ? done(statusOf(ended)) : refused(extensionProblem('launch_unknown'));
  };

  const running = new Map<LaunchId, Promise<Outcome<LaunchStatus>>>();
  return (launchId: LaunchId): Promise<Outcome<LaunchStatus>> => {
    const result = running.get(launchId) ?? run(launchId).finally(() => running.delete(launchId));
    running.set(launchId, result);
    return result;
  };
};
