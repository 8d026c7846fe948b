import type { StepUp } from '../../../contract/grant.ts';
import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { CookieStore } from '../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { SessionColor } from '../../messages/launch/launch-status.ts';
import type { Outcome } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { LaunchRecord, RequestedLaunch } from '../launch-state/launch-record.ts';
import type { Launches } from '../launch-state/launches.ts';
import { type KeptSessions, keptSessionOf } from '../session/remembered/kept-sessions.ts';
import type { AgentTokens, TokenSet } from '../sign-in/agent-tokens.ts';
import type { SignInAgain } from '../sign-in/sign-in-again.ts';
import {
  isAnythingToEnd,
  type LoginDomainClearing,
  type Obstacles,
} from './before-opening/clear-login-domain.ts';
import { createMayEndOthers } from './before-opening/may-end-others.ts';
import type { PreviewLaunch } from './before-opening/preview-launch.ts';
import type { LaunchDescription } from './describe-launch.ts';
import type { GivingUp } from './give-up-launch.ts';
import { createOpenCustomerTab } from './opening/open-customer-tab.ts';
import type { OnOpened, TabOpening } from './opening/tab-opening.ts';
import { createRequestLaunch } from './request-launch.ts';
import { firstStep, requestedLaunch } from './requested-launch.ts';

/** What {@link createStartLaunch} works with. */
export type StartLaunchDependencies = {
  readonly launches: Launches;
  readonly client: BackendClient;
  readonly tokens: Pick<AgentTokens, 'forLaunch'>;
  readonly signInAgain: SignInAgain;
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
  readonly opening: TabOpening;
  /** Has the history cleaned of the token: called before the tab that carries it is opened. */
  readonly expectToken: () => void;
  readonly onOpened: OnOpened;
};

/**
 * The longest that Auth0 lets a delegated session live. The backend tells the exact end once the launch is issued.
 */
const SESSION_MILLISECONDS = 2 * 60 * 60_000;

/** A launch that is under way. */
type Run = {
  readonly request: LaunchRequestMessage;
  readonly app: TargetApp;
  readonly proof: Promise<Outcome<TokenSet>>;
  /** Settles when the launch is stored. Nothing is made, ended or asked for before that. */
  readonly stored: Promise<unknown>;
  /** The step that it is stored with. */
  readonly step: RequestedLaunch['step'];
};

/**
 * Makes the function that takes one launch from the agent's word to the tab, and settles when its outcome is stored.
 * A launch is stored before the backend is asked for it, so that a new worker knows what its predecessor was doing.
 * Whether it was cancelled is asked after every step that takes time.
 */
export const createStartLaunch = (
  dependencies: StartLaunchDependencies,
  { fail, abandon }: GivingUp,
  isCancelled: (id: LaunchId) => boolean,
) => {
  const { launches, keptSessions, clearing, opening, now } = dependencies;
  const mayEndOthers = createMayEndOthers(dependencies.previewLaunch);
  const requestLaunch = createRequestLaunch(dependencies);
  const openCustomerTab = createOpenCustomerTab(dependencies, abandon);

  const openAfterClearing = async (
    run: Run,
    name: string,
    obstacles: Obstacles,
    color: SessionColor,
  ): Promise<void> => {
    const { request, app } = run;
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
      if (isCancelled(id)) {
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
    if (isCancelled(id)) {
      return;
    }
    if (run.step !== 'backend') {
      inBackground(launches.note(id, { step: 'backend' }), 'noting a step of a launch');
    }
    const window = dependencies.tabs.findWindow();
    const issued = await requestLaunch(request, tokens.value);
    if (issued.ok) {
      return openCustomerTab({
        request,
        app,
        cookieStore,
        window,
        issued: issued.value,
        allowInsecureLocalhost: isLocalBackend(tokens.value.backendOrigin),
        isCancelled: () => isCancelled(id),
      });
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
    return signedIn.ok && !isCancelled(id) ? record : undefined;
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
    const run = { request, app, proof, stored, step };
    await openAfterClearing(run, shown.customerName, obstacles, color);
  };

  return async (request: LaunchRequestMessage, described: LaunchDescription): Promise<void> => {
    const { stepUp } = request;
    const begun = stepUp && (await signInFirst(request, described, stepUp));
    if (begun || !stepUp) {
      await opening.during(goOn(request, described, begun));
    }
  };
};
