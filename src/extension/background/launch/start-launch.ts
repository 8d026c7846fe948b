import type { LaunchId } from '../../../contract/ids.ts';
import type { IssuedLaunch } from '../../../contract/launch.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { type CookieStore, PRIVATE_STORE } from '../../browser/cookie-store.ts';
import type { Tabs } from '../../browser/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { LaunchRequestMessage } from '../../messages/launch.ts';
import type { LaunchStatus, SessionColor } from '../../messages/launch-status.ts';
import { done, type Outcome, refused } from '../../messages/outcome.ts';
import { extensionProblem, type ProblemReport } from '../../messages/problem.ts';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { Launches } from '../launch-state/launches.ts';
import { statusOf } from '../launch-state/standing.ts';
import { type KeptSessions, keptSessionOf } from '../session/kept-sessions.ts';
import type { AgentTokens, TokenSet } from '../sign-in/agent-tokens.ts';
import { abandonLaunch } from './abandon-launch.ts';
import { isAnythingToEnd, type LoginDomainClearing, type Obstacles } from './clear-login-domain.ts';
import type { DescribeLaunch } from './describe-launch.ts';
import { buildLoginRedirect } from './login-redirect.ts';
import { createMayEndOthers } from './may-end-others.ts';
import type { PreviewLaunch } from './preview-launch.ts';
import { createRequestLaunch } from './request-launch.ts';
import type { OnOpened, TabOpening } from './tab-opening.ts';

type Dependencies = {
  readonly launches: Launches;
  readonly client: BackendClient;
  readonly tokens: Pick<AgentTokens, 'forLaunch'>;
  readonly tabs: Pick<Tabs, 'open' | 'openPrivate'>;
  readonly clearing: LoginDomainClearing;
  readonly previewLaunch: PreviewLaunch;
  readonly chooseCookieStore: (
    request: LaunchRequestMessage,
    look: { readonly name: string; readonly color: SessionColor },
  ) => Promise<CookieStore>;
  readonly keptSessions: Pick<KeptSessions, 'keep' | 'forget'>;
  readonly chooseColor: (targetAppId: string) => Promise<SessionColor>;
  readonly report: LaunchReporter;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly describe: DescribeLaunch;
  readonly opening: TabOpening;
  /** Has the history cleaned of the token: called before the tab that carries it is opened. */
  readonly expectToken: () => void;
  readonly onOpened: OnOpened;
};

/** Starts launches, one at a time. */
export type Launching = {
  /**
   * Starts a launch once, however often it is asked for. A launch that began is answered with what became
   * of it; a problem means that none began.
   */
  readonly start: (request: LaunchRequestMessage) => Promise<Outcome<LaunchStatus>>;
  /** Stops a launch whose tab is not open yet. A token that still arrives is thrown away. */
  readonly cancel: (id: LaunchId) => Promise<Outcome<LaunchStatus>>;
};

/** As long as Auth0 lets a delegated session live; the backend says more exactly once the launch is issued. */
const SESSION_MILLISECONDS = 2 * 60 * 60_000;

/** A launch in the middle. `isCancelled` is looked at after every step. */
type Run = {
  readonly request: LaunchRequestMessage;
  readonly app: TargetApp;
  readonly proof: Promise<Outcome<TokenSet>>;
  /** Settles when the launch is stored. Nothing is made, ended or asked for before that. */
  readonly stored: Promise<unknown>;
  readonly isCancelled: () => boolean;
};

/**
 * Makes {@link Launching}. A launch is stored before the backend is asked for it, so that a new worker
 * knows what its predecessor was doing; the session transfer token is only ever a local value here.
 */
export const createLaunching = (dependencies: Dependencies): Launching => {
  const { launches, report, keptSessions, clearing, opening, now } = dependencies;
  const mayEndOthers = createMayEndOthers(dependencies.previewLaunch);
  const requestLaunch = createRequestLaunch(dependencies);
  let running: { id: LaunchId; result: Promise<Outcome<LaunchStatus>> } | undefined;
  const cancelled = new Set<LaunchId>();

  const answerFor = async (id: LaunchId): Promise<Outcome<LaunchStatus>> => {
    const record = await launches.find(id);
    return record ? done(statusOf(record, now())) : refused(extensionProblem('launch_unknown'));
  };

  /** Ends a launch that no token was given out for. */
  const fail = async (id: LaunchId, problem: ProblemReport): Promise<void> => {
    await launches.advance(id, problem.source === 'backend' ? 'refused' : 'failed', { problem });
    await keptSessions.forget(id);
  };

  /** Ends a launch that the backend may have issued, or has: no tab was opened with the token. */
  const abandon = async (id: LaunchId, problem: ProblemReport): Promise<void> => {
    await keptSessions.forget(id);
    await abandonLaunch(
      launches,
      async (...reported) => inBackground(report(...reported), 'reporting a launch without a tab'),
      id,
      problem,
    );
  };

  const openTab = (url: string, cookieStore: CookieStore): Promise<number | undefined> =>
    cookieStore === PRIVATE_STORE
      ? dependencies.tabs.openPrivate(url)
      : dependencies.tabs.open(url, cookieStore);

  const open = async (
    { request, app, isCancelled }: Run,
    cookieStore: CookieStore,
    issued: IssuedLaunch,
    allowInsecureLocalhost: boolean,
  ): Promise<void> => {
    const { id } = request;
    const url = buildLoginRedirect(issued.loginUrl, app, issued, allowInsecureLocalhost);
    const { sessionEndsAt } = issued;
    // Not waited for: to a new worker, a launch that was requested and one that was issued are both
    // interrupted, and the tab is what the agent waits for.
    const stored = Promise.all([
      launches.advance(id, 'issued', { step: 'tab', sessionEndsAt, cookieStore }),
      keptSessions.keep(keptSessionOf(id, app, cookieStore, now(), sessionEndsAt)),
    ]);
    if (url === undefined) {
      await stored;
      return abandon(id, extensionProblem('login_url_refused'));
    }
    if (isCancelled()) {
      await stored;
      return abandon(id, extensionProblem('launch_cancelled'));
    }
    // Not left to the next update of the views: the first hops can be visited before it.
    dependencies.expectToken();
    let tabId: number | undefined;
    try {
      tabId = await openTab(url, cookieStore);
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

  const start = async (
    run: Run,
    name: string,
    obstacles: Obstacles,
    color: SessionColor,
  ): Promise<void> => {
    const { request, app, isCancelled } = run;
    const { id } = request;
    const onlyLooks = !isAnythingToEnd(obstacles) && !request.clearLoginDomain;
    if (!onlyLooks || request.openIn === 'container') {
      await run.stored;
    }
    if (isAnythingToEnd(obstacles)) {
      const allowed = await mayEndOthers(request, run.proof, obstacles);
      if (!allowed.ok) {
        return fail(id, allowed.problem);
      }
      if (isCancelled()) {
        return;
      }
    }
    let cookieStore: CookieStore;
    try {
      cookieStore = await dependencies.chooseCookieStore(request, { name, color });
    } catch {
      // The agent switched containers off.
      return fail(id, extensionProblem('tab_not_opened'));
    }
    const endsAt = new Date(now() + SESSION_MILLISECONDS).toISOString();
    if (request.openIn === 'container') {
      await keptSessions.keep(keptSessionOf(id, app, cookieStore, now(), endsAt));
    }
    const [result] = await Promise.all([clearing.clear(app, request, obstacles), run.stored]);
    if (result === 'blocked') {
      return fail(id, extensionProblem('existing_session'));
    }
    if (result === 'cleared') {
      await launches.note(id, { step: 'identity' });
    }
    // Signing somebody out may have taken longer than the tokens were good for.
    const tokens = await (result === 'cleared' ? dependencies.tokens.forLaunch() : run.proof);
    if (!tokens.ok) {
      return fail(id, tokens.problem);
    }
    if (isCancelled()) {
      return;
    }
    inBackground(launches.note(id, { step: 'backend' }), 'noting a step of a launch');
    const issued = await requestLaunch(request, tokens.value);
    if (issued.ok) {
      const isLocal = isLocalBackend(tokens.value.backendOrigin);
      return open(run, cookieStore, issued.value, isLocal);
    }
    // No answer is no refusal: the backend may have issued a token that nobody will use.
    return issued.problem.source === 'backend'
      ? fail(id, issued.problem)
      : abandon(id, issued.problem);
  };

  const run = async (request: LaunchRequestMessage): Promise<Outcome<LaunchStatus>> => {
    const { id, customerId, targetAppId, organizationId, reason, ticket, openIn } = request;
    const [known, described] = await Promise.all([
      launches.find(id),
      dependencies.describe(request),
    ]);
    if (known) {
      return done(statusOf(known, now()));
    }
    if (!described.ok) {
      return described;
    }
    const { app, shown } = described.value;
    const proof = dependencies.tokens.forLaunch();
    const [obstacles, color] = await Promise.all([
      clearing.obstacles(app, openIn),
      dependencies.chooseColor(targetAppId),
    ]);
    const [replaced] = obstacles.sessions;
    const stored = launches.begin({
      ...shown,
      id,
      customerId,
      targetAppId,
      targetAppName: app.name,
      state: 'requested',
      step: isAnythingToEnd(obstacles) || request.clearLoginDomain ? 'clearing' : 'identity',
      ...(replaced && { replaces: replaced.customerName }),
      openIn,
      color,
      tab: 'unknown',
      requestedAt: new Date(now()).toISOString(),
      landing: 'unwatched',
      request: { organizationId, reason, ticket },
      dismissed: false,
    });
    const isCancelled = () => cancelled.has(id);
    await start({ request, app, proof, stored, isCancelled }, shown.customerName, obstacles, color);
    return answerFor(id);
  };

  return {
    start: (request) => {
      if (running?.id === request.id) {
        return running.result;
      }
      if (running) {
        return Promise.resolve(refused(extensionProblem('another_launch_running')));
      }
      const result = opening
        .during(run(request))
        .catch(async () => {
          // Where a tab is open already, the launch is further on and stays as it is.
          await fail(request.id, extensionProblem('internal'));
          return answerFor(request.id);
        })
        .finally(() => {
          running = undefined;
          cancelled.delete(request.id);
        });
      running = { id: request.id, result };
      return result;
    },
    cancel: async (id) => {
      const record = await launches.find(id);
      if (running?.id === id && record?.state === 'requested') {
        cancelled.add(id);
        const problem = extensionProblem('launch_cancelled');
        await (record.step === 'backend' ? abandon(id, problem) : fail(id, problem));
      }
      return answerFor(id);
    },
  };
};
