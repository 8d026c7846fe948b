import type { StepUp } from '../../../contract/grant.ts';
import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { CookieStore } from '../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { LaunchStatus, SessionColor } from '../../messages/launch/launch-status.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem, type ProblemReport } from '../../messages/wire/problem.ts';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { LaunchRecord, RequestedLaunch } from '../launch-state/launch-record.ts';
import type { Launches } from '../launch-state/launches.ts';
import { statusOf } from '../launch-state/standing.ts';
import { type KeptSessions, keptSessionOf } from '../session/remembered/kept-sessions.ts';
import type { AgentTokens, TokenSet } from '../sign-in/agent-tokens.ts';
import type { SignInAgain } from '../sign-in/sign-in-again.ts';
import { abandonLaunch } from './abandon-launch.ts';
import {
  isAnythingToEnd,
  type LoginDomainClearing,
  type Obstacles,
} from './before-opening/clear-login-domain.ts';
import { createMayEndOthers } from './before-opening/may-end-others.ts';
import type { PreviewLaunch } from './before-opening/preview-launch.ts';
import type { DescribeLaunch, LaunchDescription } from './describe-launch.ts';
import type { Launching } from './launching.ts';
import { createOpenCustomerTab } from './opening/open-customer-tab.ts';
import type { OnOpened, TabOpening } from './opening/tab-opening.ts';
import { createRequestLaunch } from './request-launch.ts';
import { firstStep, requestedLaunch } from './requested-launch.ts';

type Dependencies = {
  readonly launches: Launches;
  readonly client: BackendClient;
  readonly tokens: Pick<AgentTokens, 'forLaunch'>;
  readonly signInAgain: SignInAgain;
  readonly newLaunchId: () => LaunchId;
  readonly tabs: Pick<Tabs, 'open' | 'openPrivate' | 'findWindow'>;
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

/**
 * The longest that Auth0 lets a delegated session live. The backend tells the exact end once the launch is issued.
 */
const SESSION_MILLISECONDS = 2 * 60 * 60_000;

/** A launch that is under way. `isCancelled` is checked after every step. */
type Run = {
  readonly request: LaunchRequestMessage;
  readonly app: TargetApp;
  readonly proof: Promise<Outcome<TokenSet>>;
  /** Settles when the launch is stored. Nothing is made, ended or asked for before that. */
  readonly stored: Promise<unknown>;
  /** The step that it is stored with. */
  readonly step: RequestedLaunch['step'];
  readonly isCancelled: () => boolean;
};

/**
 * Makes {@link Launching}. A launch is stored before the backend is asked for it, so that a new worker
 * knows what its predecessor was doing.
 */
export const createLaunching = (dependencies: Dependencies): Launching => {
  const { launches, report, keptSessions, clearing, opening, now } = dependencies;
  const mayEndOthers = createMayEndOthers(dependencies.previewLaunch);
  const requestLaunch = createRequestLaunch(dependencies);
  let running: { ids: LaunchId[]; result: Promise<Outcome<LaunchStatus>> } | undefined;
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

  const openCustomerTab = createOpenCustomerTab(dependencies, abandon);

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
    if (run.step !== 'backend') {
      inBackground(launches.note(id, { step: 'backend' }), 'noting a step of a launch');
    }
    const window = dependencies.tabs.findWindow();
    const issued = await requestLaunch(request, tokens.value);
    if (issued.ok) {
      const isLocal = isLocalBackend(tokens.value.backendOrigin);
      const opened = { request, app, cookieStore, window, isCancelled, issued: issued.value };
      return openCustomerTab({ ...opened, allowInsecureLocalhost: isLocal });
    }
    // A missing answer is not a refusal: the backend may have issued a token, which nobody will use.
    return issued.problem.source === 'backend'
      ? fail(id, issued.problem)
      : abandon(id, issued.problem);
  };

  /** Stores the launch and has the agent sign in again. Gives the launch if it goes on after that. */
  const signInFirst = async (
    request: LaunchRequestMessage,
    described: LaunchDescription,
    stepUp: StepUp,
  ): Promise<LaunchRecord | undefined> => {
    const { id, targetAppId } = request;
    const color = await dependencies.chooseColor(targetAppId);
    const record = requestedLaunch(request, described, { step: 'sign_in', color }, now());
    await launches.begin({ ...record, signsInAgain: true });
    const signedIn = await dependencies.signInAgain(stepUp);
    if (!signedIn.ok) {
      await fail(id, signedIn.problem);
    }
    return signedIn.ok && !cancelled.has(id) ? record : undefined;
  };

  const goOn = async (
    request: LaunchRequestMessage,
    described: LaunchDescription,
    begun: LaunchRecord | undefined,
  ): Promise<void> => {
    const { id, targetAppId, openIn, clearLoginDomain } = request;
    const { app, shown } = described;
    let isProven = false;
    const proof = dependencies.tokens.forLaunch().finally(() => {
      isProven = true;
    });
    const [obstacles, color] = await Promise.all([
      clearing.obstacles(app, openIn),
      begun?.color ?? dependencies.chooseColor(targetAppId),
      // Fresh tokens are there at once.
      Promise.race([proof, dependencies.delay(0)]),
    ]);
    const [replaced] = obstacles.sessions;
    const step = firstStep(isAnythingToEnd(obstacles) || clearLoginDomain === true, isProven);
    const facts = { step, ...(replaced && { replaces: replaced.customerName }) };
    const stored = begun
      ? launches.note(id, facts)
      : launches.begin(requestedLaunch(request, described, { ...facts, color }, now()));
    const isCancelled = () => cancelled.has(id);
    const { customerName } = shown;
    await start({ request, app, proof, stored, step, isCancelled }, customerName, obstacles, color);
  };

  const run = async (request: LaunchRequestMessage): Promise<Outcome<LaunchStatus>> => {
    const [known, described] = await Promise.all([
      launches.find(request.id),
      dependencies.describe(request),
    ]);
    if (known) {
      return done(statusOf(known, now()));
    }
    if (!described.ok) {
      return described;
    }
    const { id, stepUp } = request;
    const begun = stepUp && (await signInFirst(request, described.value, stepUp));
    if (begun || !stepUp) {
      await opening.during(goOn(request, described.value, begun));
    }
    const answer = await answerFor(id);
    const wanted = answer.ok && !stepUp ? answer.value.problem?.stepUp : undefined;
    if (!wanted || !running) {
      return answer;
    }
    // The backend takes no id twice, so the second try needs its own. The agent is not told of the first.
    const again = dependencies.newLaunchId();
    running.ids.push(again);
    await launches.note(id, { dismissed: true });
    return run({ ...request, id: again, stepUp: wanted });
  };

  /** Holds an answer back until the tab has loaded: a view that draws it takes the browser's time from the tab. */
  const asLoaded = async (answer: Outcome<LaunchStatus>): Promise<Outcome<LaunchStatus>> => {
    await opening.untilAllLoaded();
    return answer.ok ? answerFor(answer.value.id) : answer;
  };

  const cancel: Launching['cancel'] = async (id) => {
    const record = await launches.find(id);
    if (running?.ids.includes(id) && record?.state === 'requested') {
      cancelled.add(id);
      const problem = extensionProblem('launch_cancelled');
      await (record.step === 'backend' ? abandon(id, problem) : fail(id, problem));
    }
    return answerFor(id);
  };

  return {
    start: (request) => {
      if (running?.ids.includes(request.id)) {
        return running.result;
      }
      if (running) {
        return Promise.resolve(refused(extensionProblem('another_launch_running')));
      }
      const ids = [request.id];
      const result = run(request)
        .catch(async () => {
          // Where a tab is open already, the launch is further on and stays as it is.
          const id = ids.at(-1) ?? request.id;
          await fail(id, extensionProblem('internal'));
          return answerFor(id);
        })
        .finally(() => {
          running = undefined;
          cancelled.clear();
        })
        .then(asLoaded);
      running = { ids, result };
      return result;
    },
    isUnderWay: () => running !== undefined,
    cancel,
    stop: async () => {
      const [id, result] = [running?.ids.at(-1), running?.result];
      const answer = id && (await cancel(id));
      if (answer?.ok && answer.value.standing === 'launching') {
        await result;
      }
    },
  };
};
