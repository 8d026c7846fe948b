import type { LaunchId } from '../../../../contract/ids.ts';
import type { IssuedLaunch } from '../../../../contract/launch.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { type CookieStore, PRIVATE_STORE } from '../../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import { inBackground } from '../../../in-background.ts';
import type { LaunchRequestMessage } from '../../../messages/launch/launch.ts';
import { extensionProblem, type ProblemReport } from '../../../messages/wire/problem.ts';
import type { LaunchReporter } from '../../backend/report-queue.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { type KeptSessions, keptSessionOf } from '../../session/remembered/kept-sessions.ts';
import { buildLoginRedirect } from './login-redirect.ts';
import type { OnOpened, TabOpening } from './tab-opening.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find' | 'advance'>;
  readonly tabs: Pick<Tabs, 'open' | 'openPrivate'>;
  readonly keptSessions: Pick<KeptSessions, 'keep'>;
  readonly report: LaunchReporter;
  readonly opening: TabOpening;
  /** Has the history cleaned of the token: called before the tab that carries it is opened. */
  readonly expectToken: () => void;
  readonly onOpened: OnOpened;
  readonly now: () => number;
};

/** A launch that was issued. `isCancelled` is looked at last before the tab is opened. */
type Issued = {
  readonly request: LaunchRequestMessage;
  readonly app: TargetApp;
  readonly cookieStore: CookieStore;
  /** Where the tab goes among the ordinary ones. */
  readonly window: ReturnType<Tabs['findWindow']>;
  readonly issued: IssuedLaunch;
  readonly allowInsecureLocalhost: boolean;
  readonly isCancelled: () => boolean;
};

/**
 * Makes the function that opens the tab of a launch that was issued. The session transfer token is only ever a
 * local value here, and it is dropped when the tab cannot be opened: `abandon` says why.
 */
export const createOpenCustomerTab =
  (dependencies: Dependencies, abandon: (id: LaunchId, problem: ProblemReport) => Promise<void>) =>
  async ({
    request,
    app,
    cookieStore,
    window,
    issued,
    allowInsecureLocalhost,
    isCancelled,
  }: Issued): Promise<void> => {
    const { launches, keptSessions, opening, report, tabs, now } = dependencies;
    const { id } = request;
    const url = buildLoginRedirect(issued.loginUrl, app, issued, allowInsecureLocalhost);
    const { sessionEndsAt } = issued;
    const store = () =>
      Promise.all([
        launches.advance(id, 'issued', { step: 'tab', sessionEndsAt, cookieStore }),
        keptSessions.keep(keptSessionOf(id, app, cookieStore, now(), sessionEndsAt)),
      ]);
    if (url === undefined) {
      await store();
      return abandon(id, extensionProblem('login_url_refused'));
    }
    if (isCancelled()) {
      // Where the agent signed out meanwhile, nothing is known of the launch any more.
      if (await launches.find(id)) {
        await store();
      }
      return abandon(id, extensionProblem('launch_cancelled'));
    }
    // Not left to the next update of the views: the first hops can be visited before it.
    dependencies.expectToken();
    const opened =
      cookieStore === PRIVATE_STORE ? tabs.openPrivate(url) : tabs.open(url, cookieStore, window);
    // After the tab is asked for, and not waited for: to a new worker, a launch that was requested and one that
    // was issued are both interrupted, and the tab is what the agent waits for.
    const stored = store();
    let tabId: number | undefined;
    try {
      tabId = await opened;
    } catch {
      // The browser's message could contain the URL, so it goes nowhere.
      await stored;
      return abandon(id, extensionProblem('tab_not_opened'));
    }
    const isHidden = tabId === undefined;
    const loaded = tabId === undefined ? Promise.resolve() : opening.untilLoaded(tabId);
    await stored;
    const record = await launches.advance(id, 'opened', {
      openedAt: now(),
      tabId,
      tab: isHidden ? 'unknown' : 'open',
      ...(isHidden && { landing: 'hidden' }),
    });
    inBackground(
      loaded.then(() => report(id, { type: 'opened' })),
      'reporting an opened tab',
    );
    if (record) {
      inBackground(dependencies.onOpened(record, request, loaded), 'noting what was opened');
    }
  };
