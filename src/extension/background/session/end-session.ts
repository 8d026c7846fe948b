import type { LaunchId } from '../../../contract/ids.ts';
import type { EndCause } from '../../../contract/launch-state.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { LoginCookies } from '../../browser/login-cookies.ts';
import type { TabGroups } from '../../browser/tab-groups.ts';
import type { EndCheck, LaunchStatus } from '../../messages/launch-status.ts';
import { loginDomainOrigin } from '../../messages/login-domain.ts';
import { done, type Outcome, refused } from '../../messages/outcome.ts';
import { extensionProblem } from '../../messages/problem.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { LaunchReporter } from '../launch/report-to-backend.ts';
import { type LaunchRecord, statusOf } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { BrowserSignOut } from './browser-sign-out.ts';
import type { SessionStores } from './cookie-stores.ts';

type Dependencies = {
  readonly store: LaunchStore;
  readonly client: BackendClient;
  readonly browserSignOut: BrowserSignOut;
  readonly cookies: LoginCookies;
  readonly sessionStores: Pick<SessionStores, 'forget'>;
  readonly tabGroups: Pick<TabGroups, 'release'>;
  readonly report: LaunchReporter;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

/** Ends a session, once however often it is asked for, and says how far it was checked. */
export type EndSession = (launchId: LaunchId, cause: EndCause) => Promise<Outcome<LaunchStatus>>;

/** The causes that the backend records itself: with its own end call, this agent's or a supervisor's. */
const CAUSES_OF_END_CALL: readonly EndCause[] = ['agent', 'supervisor'];

/** Tells whether the customer may still be signed in in this browser, as far as anybody could look. */
export const isStillThere = (browser: EndCheck['browser'] | undefined): boolean =>
  browser === 'not_reached' || browser === 'still_signed_in';

/**
 * Makes {@link EndSession}: signs the browser out, has the backend end the session at the tenant and
 * record it, then looks at what is left. An end whose record does not get through is reported later.
 */
export const createEndSession = (dependencies: Dependencies): EndSession => {
  const { store, client, cookies, report } = dependencies;

  const checkBrowser = async (
    { openIn, store: cookieStore }: LaunchRecord,
    app: TargetApp | undefined,
    reached: boolean,
    isForgotten: boolean,
  ): Promise<EndCheck['browser']> => {
    // A container that was removed took every cookie in it along.
    if (openIn === 'container') return isForgotten ? 'signed_out' : 'still_signed_in';
    if (cookieStore === undefined || !app) return 'not_reached';
    const origin = loginDomainOrigin(app);
    await cookies.remove(origin, cookieStore);
    const present = await cookies.present(origin, cookieStore);
    if (present === undefined) return reached ? 'not_seen' : 'not_reached';
    return present ? 'still_signed_in' : 'signed_out';
  };

  /** Whatever happens to tabs and permissions meanwhile, the tenant is asked next. */
  const endInBrowser = async (
    record: LaunchRecord,
    app: TargetApp | undefined,
    cause: EndCause,
  ): Promise<EndCheck['browser']> => {
    try {
      const reached =
        app !== undefined &&
        (await dependencies.browserSignOut.session(record, app, cause === 'replaced'));
      if (record.tabId !== undefined) await dependencies.tabGroups.release(record.tabId);
      const isForgotten = await dependencies.sessionStores.forget(record.id);
      return await checkBrowser(record, app, reached, isForgotten);
    } catch {
      return 'not_reached';
    }
  };

  const endAtTenant = async (id: LaunchId, cause: EndCause): Promise<EndCheck['tenant']> => {
    if (!CAUSES_OF_END_CALL.includes(cause)) await report(id, { type: 'ended', cause });
    const answer = await client('endLaunch', { params: { id } });
    if (answer.ok) return answer.value.tenantSession;
    if (cause === 'agent') await report(id, { type: 'ended', cause });
    return 'unreachable';
  };

  const run = async (
    launchId: LaunchId,
    requestedCause: EndCause,
  ): Promise<Outcome<LaunchStatus>> => {
    const record = await store.find(launchId);
    if (!record) return refused(extensionProblem('launch_unknown'));
    if (record.state === 'ended') return done(statusOf(record));
    const app = await dependencies.findApp(record.targetAppId);
    // Kept, so that a worker that takes over knows why it ends the session.
    const cause = record.cause ?? requestedCause;
    await store.change(launchId, { cause, ending: 'app' });
    const browser = await endInBrowser(record, app, cause);
    await store.change(launchId, { ending: 'tenant' });
    const tenant = await endAtTenant(launchId, cause);
    const ended = await store.change(launchId, {
      state: 'ended',
      ending: undefined,
      endCheck: { tenant, browser },
      dismissed: cause === 'replaced' && !isStillThere(browser),
    });
    return ended ? done(statusOf(ended)) : refused(extensionProblem('launch_unknown'));
  };

  const running = new Map<LaunchId, Promise<Outcome<LaunchStatus>>>();
  return (launchId, cause) => {
    const result =
      running.get(launchId) ?? run(launchId, cause).finally(() => running.delete(launchId));
    running.set(launchId, result);
    return result;
  };
};
