import type { LaunchId, TargetAppId } from '../../../contract/ids.ts';
import type { IssuedLaunch } from '../../../contract/launch.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { type CookieStore, PRIVATE_STORE } from '../../browser/cookie-store.ts';
import type { TabColor } from '../../browser/tab-color.ts';
import type { Tabs } from '../../browser/tabs.ts';
import type { LaunchRequestMessage } from '../../messages/launch.ts';
import type { LaunchStatus } from '../../messages/launch-status.ts';
import { done, type Outcome, refused } from '../../messages/outcome.ts';
import { extensionProblem, type ProblemReport } from '../../messages/problem.ts';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { type LaunchRecord, statusOf } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { SessionStores } from '../session/cookie-stores.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';
import type { PreFlight } from './clear-login-domain.ts';
import type { DescribeLaunch } from './describe-launch.ts';
import { buildLoginRedirect } from './login-redirect.ts';
import type { LaunchReporter } from './report-to-backend.ts';

type Dependencies = {
  readonly store: LaunchStore;
  readonly client: BackendClient;
  readonly tokens: Pick<AgentTokens, 'forLaunch'>;
  readonly tabs: Pick<Tabs, 'open' | 'openPrivate'>;
  readonly preFlight: PreFlight;
  readonly sessionStores: Pick<SessionStores, 'choose' | 'forget'>;
  readonly colorOf: (app: TargetAppId) => Promise<TabColor>;
  readonly report: LaunchReporter;
  readonly now: () => number;
  readonly describe: DescribeLaunch;
  /** Called when the tab is open: recents, draft, watching. Must not reject. */
  readonly onOpened: (record: LaunchRecord, request: LaunchRequestMessage) => Promise<void>;
};

/** Starts a launch once, however often it is asked for. */
export type Launching = (request: LaunchRequestMessage) => Promise<Outcome<LaunchStatus>>;

const exitOf = (problem: ProblemReport): 'refused' | 'failed' =>
  problem.source === 'backend' ? 'refused' : 'failed';

/**
 * Makes {@link Launching}. A launch is stored before the backend is asked for it, so that a new worker
 * knows what its predecessor was doing; the session transfer token is only ever a local value here.
 */
export const createLaunching = (dependencies: Dependencies): Launching => {
  const { store, client, report, sessionStores, now } = dependencies;
  let running: { id: LaunchId; result: Promise<Outcome<LaunchStatus>> } | undefined;

  const fail = async (id: LaunchId, problem: ProblemReport): Promise<Outcome<LaunchStatus>> => {
    await store.change(id, { state: exitOf(problem), problem });
    await sessionStores.forget(id);
    return refused(problem);
  };

  const chooseStore = async (
    { id, openIn, targetAppId }: LaunchRequestMessage,
    name: string,
  ): Promise<CookieStore | undefined> => {
    try {
      const color = () => dependencies.colorOf(targetAppId);
      return await sessionStores.choose(id, openIn, async () => ({ name, color: await color() }));
    } catch {
      // The agent switched containers off.
      return undefined;
    }
  };

  const open = async (
    request: LaunchRequestMessage,
    app: TargetApp,
    cookieStore: CookieStore,
    issued: IssuedLaunch,
    allowInsecureLocalhost: boolean,
  ): Promise<Outcome<LaunchStatus>> => {
    const url = buildLoginRedirect(issued.loginUrl, app, issued, allowInsecureLocalhost);
    // Not waited for: to a new worker, a launch that was requested and one that was issued are both
    // interrupted, and the tab is what the agent waits for.
    const stored = store.change(request.id, {
      state: 'issued',
      step: 'tab',
      sessionEndsAt: issued.sessionEndsAt,
      store: cookieStore,
    });
    const notOpened = async (code: 'login_url_refused' | 'tab_not_opened') => {
      await stored;
      void report(request.id, { type: 'not_landed' });
      return fail(request.id, extensionProblem(code));
    };
    if (url === undefined) return notOpened('login_url_refused');
    let tabId: number | undefined;
    try {
      tabId =
        cookieStore === PRIVATE_STORE
          ? await dependencies.tabs.openPrivate(url)
          : await dependencies.tabs.open(url, cookieStore);
    } catch {
      // The browser's message could contain the URL, so it goes nowhere.
      return notOpened('tab_not_opened');
    }
    await stored;
    const record = await store.change(request.id, {
      state: 'opened',
      openedAt: now(),
      ...(tabId === undefined ? { landing: 'hidden' as const } : { tabId }),
    });
    void report(request.id, { type: 'opened' });
    if (!record) return refused(extensionProblem('launch_unknown'));
    await dependencies.onOpened(record, request);
    return done(statusOf(record));
  };

  const run = async (request: LaunchRequestMessage): Promise<Outcome<LaunchStatus>> => {
    const [known, described] = await Promise.all([
      store.find(request.id),
      dependencies.describe(request),
    ]);
    if (known) return known.problem ? refused(known.problem) : done(statusOf(known));
    if (!described.ok) return described;
    const { app, shown } = described.value;
    const { id, customerId, targetAppId, organizationId, reason, ticket } = request;
    const proof = dependencies.tokens.forLaunch();
    const earlier = await dependencies.preFlight.inTheWay(app, request.openIn);
    const stored = store.put({
      ...shown,
      id,
      customerId,
      targetAppId,
      targetAppName: app.name,
      state: 'requested',
      step: earlier.length > 0 || request.clearLoginDomain ? 'clearing' : 'identity',
      ...(earlier[0] ? { replaces: earlier[0].customerName } : {}),
      openIn: request.openIn,
      requestedAt: new Date(now()).toISOString(),
      landing: 'unwatched',
      request: { organizationId, reason, ticket },
      dismissed: false,
    });
    await stored;
    const cookieStore = await chooseStore(request, shown.customerName);
    if (cookieStore === undefined) return fail(id, extensionProblem('tab_not_opened'));
    const way = await dependencies.preFlight.clear(app, request, earlier);
    if (way === 'blocked') return fail(id, extensionProblem('existing_session'));
    if (way === 'cleared') await store.change(id, { step: 'identity' });
    // Signing somebody out may have taken longer than the tokens were good for.
    const tokens = await (way === 'cleared' ? dependencies.tokens.forLaunch() : proof);
    if (!tokens.ok) return fail(id, tokens.problem);
    void store.change(id, { step: 'backend' });
    const body = { id, customerId, targetAppId, organizationId, reason, ticket };
    const issued = await client(
      'requestLaunch',
      { body: { ...body, actorToken: tokens.value.idToken } },
      tokens.value,
    );
    if (!issued.ok) return fail(id, issued.problem);
    const isLocal = isLocalBackend(tokens.value.backendOrigin);
    return open(request, app, cookieStore, issued.value, isLocal);
  };

  return (request) => {
    if (running?.id === request.id) return running.result;
    if (running) return Promise.resolve(refused(extensionProblem('another_launch_running')));
    const broken = () => fail(request.id, extensionProblem('internal'));
    const result = run(request)
      .catch(broken)
      .finally(() => {
        running = undefined;
      });
    running = { id: request.id, result };
    return result;
  };
};
