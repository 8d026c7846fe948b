import type { LaunchId } from '../../../../contract/ids.ts';
import type { EndCause } from '../../../../contract/launch-state.ts';
import { ENDABLE_STATES } from '../../../../contract/launch-transitions.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { TabGroups } from '../../../browser/tabs/tab-groups.ts';
import type { EndVerdict, LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { loginDomainOrigin } from '../../../messages/session/login-domain.ts';
import { done, type Outcome, refused } from '../../../messages/wire/outcome.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import type { BackendClient } from '../../backend/backend-client.ts';
import type { LaunchReporter } from '../../backend/report-queue.ts';
import { causeOf, type LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { statusOf } from '../../launch-state/standing.ts';
import { openInOf } from '../cookie-stores.ts';
import type { KeptSessions } from '../remembered/kept-sessions.ts';
import type { BrowserSignOut } from './browser-sign-out.ts';
import { type BrowserCheck, endVerdict, isStillInTheWay } from './end-verdict.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find' | 'isInPlace' | 'advance' | 'note'>;
  readonly client: BackendClient;
  readonly browserSignOut: Pick<BrowserSignOut, 'session'>;
  readonly browserCheck: BrowserCheck;
  readonly keptSessions: Pick<KeptSessions, 'forget'>;
  readonly tabGroups: Pick<TabGroups, 'removeTab'>;
  readonly report: LaunchReporter;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/** Ends a session, once however often it is asked for, and says how far it was checked. */
export type EndSession = (launchId: LaunchId, cause: EndCause) => Promise<Outcome<LaunchStatus>>;

/** The causes that the backend records itself: with its own end call, this agent's or a supervisor's. */
const CAUSES_OF_END_CALL: readonly EndCause[] = ['agent', 'supervisor'];

/**
 * Makes {@link EndSession}: signs the browser out, has the backend end the session at the tenant and
 * record it, then looks at what is left. An end whose record does not get through is reported later. The
 * browser is left alone where a later launch has taken the app: signing it out would end that one.
 */
export const createEndSession = (dependencies: Dependencies): EndSession => {
  const { launches, client, report, keptSessions } = dependencies;

  const checkBrowser = async (
    record: LaunchRecord,
    app: TargetApp | undefined,
    reached: boolean,
  ): Promise<EndVerdict['browser']> => {
    const { id, cookieStore } = record;
    if (cookieStore === undefined) {
      return 'not_reached';
    }
    const isContainer = openInOf(cookieStore) === 'container';
    const containerRemoved = isContainer && (await keptSessions.forget(id));
    if (!app && !isContainer) {
      return 'not_reached';
    }
    const loginDomain = app ? loginDomainOrigin(app) : '';
    return dependencies.browserCheck(loginDomain, cookieStore, { reached, containerRemoved });
  };

  /** Never rejects: even when tabs or permissions disappear meanwhile, the tenant must be asked next. */
  const endInBrowser = async (
    record: LaunchRecord,
    app: TargetApp | undefined,
    cause: EndCause,
  ): Promise<EndVerdict['browser']> => {
    try {
      const reached =
        app !== undefined &&
        (await dependencies.browserSignOut.session(record, app, cause === 'replaced'));
      if (record.tabId !== undefined) {
        await dependencies.tabGroups.removeTab(record.tabId);
      }
      return await checkBrowser(record, app, reached);
    } catch {
      return 'not_reached';
    }
  };

  const endAtTenant = async (id: LaunchId, cause: EndCause): Promise<EndVerdict['tenant']> => {
    if (!CAUSES_OF_END_CALL.includes(cause)) {
      await report(id, { type: 'ended', cause });
    }
    const answer = await client('endLaunch', { params: { id } });
    if (answer.ok) {
      return answer.value.tenantSession;
    }
    if (cause === 'agent') {
      await report(id, { type: 'ended', cause });
    }
    return 'unreachable';
  };

  const run = async (
    launchId: LaunchId,
    requestedCause: EndCause,
  ): Promise<Outcome<LaunchStatus>> => {
    const record = await launches.find(launchId);
    if (!record) {
      return refused(extensionProblem('launch_unknown'));
    }
    if (!ENDABLE_STATES.includes(record.state)) {
      return done(statusOf(record, dependencies.now()));
    }
    const app = await dependencies.findApp(record.targetAppId);
    // Kept, so that a worker that takes over knows why it ends the session.
    const cause = causeOf(record) ?? requestedCause;
    // A new launch that replaces this session is waiting for this end.
    const isInPlace = requestedCause === 'replaced' || (await launches.isInPlace(record));
    await launches.note(launchId, { cause, ending: 'app' });
    const browser = isInPlace ? await endInBrowser(record, app, cause) : 'nothing_left';
    await launches.note(launchId, { ending: 'tenant' });
    const verdict = endVerdict({ tenant: await endAtTenant(launchId, cause), browser });
    const isInTheWay = isStillInTheWay(verdict);
    if (!isInTheWay) {
      await keptSessions.forget(launchId);
    }
    const ended = await launches.advance(launchId, 'ended', {
      cause,
      verdict,
      endedAt: dependencies.now(),
      dismissed: (cause === 'replaced' || !isInPlace) && !isInTheWay,
    });
    return ended
      ? done(statusOf(ended, dependencies.now()))
      : refused(extensionProblem('launch_unknown'));
  };

  const running = new Map<LaunchId, Promise<Outcome<LaunchStatus>>>();
  return (launchId, cause) => {
    const result =
      running.get(launchId) ?? run(launchId, cause).finally(() => running.delete(launchId));
    running.set(launchId, result);
    return result;
  };
};
