import type { TargetApp } from '../../../contract/target-app.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE } from '../../browser/cookie-store.ts';
import type { LoginCookies } from '../../browser/login-cookies.ts';
import type { LaunchRequestMessage } from '../../messages/launch.ts';
import { loginDomainOrigin } from '../../messages/login-domain.ts';
import { isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { BrowserSignOut } from '../session/browser-sign-out.ts';
import { type EndSession, isStillThere } from '../session/end-session.ts';

type Dependencies = {
  readonly store: LaunchStore;
  readonly endSession: EndSession;
  readonly browserSignOut: BrowserSignOut;
  readonly cookies: LoginCookies;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

type Place = Pick<LaunchRequestMessage, 'openIn' | 'clearLoginDomain'>;

/**
 * `clear` when nothing was in the way as far as can be seen, `cleared` when something was and is gone,
 * `blocked` when somebody may be signed in whom the agent has to decide about.
 */
type Way = 'clear' | 'cleared' | 'blocked';

/** Makes room on an app's login domain, where any existing session blocks a delegated one. */
export type PreFlight = {
  /** Our own sessions that a launch there would run into: one cookie store has one session a login domain. */
  readonly inTheWay: (app: TargetApp, openIn: Place['openIn']) => Promise<readonly LaunchRecord[]>;
  /** Ends what is in the way; `own` is what {@link PreFlight.inTheWay} just found, if it was asked. */
  readonly clear: (app: TargetApp, place: Place, own?: readonly LaunchRecord[]) => Promise<Way>;
};

/** Makes {@link PreFlight}. It runs before the token is asked for, which lives for a minute. */
export const createPreFlight = (dependencies: Dependencies): PreFlight => {
  const { store, cookies, findApp, now } = dependencies;

  const inTheWay: PreFlight['inTheWay'] = async (app, openIn) => {
    const found: LaunchRecord[] = [];
    // Nobody is in a container that does not exist yet.
    if (openIn === 'container') return found;
    for (const record of await store.all()) {
      // One that the backend told us of has no place here: it may be open in another browser.
      if (record.openIn !== openIn || !isActive(record, now())) continue;
      const other = await findApp(record.targetAppId);
      if (other?.loginDomain === app.loginDomain) found.push(record);
    }
    return found;
  };

  return {
    inTheWay,
    clear: async (app, { openIn, clearLoginDomain }, known) => {
      const own = known ?? (await inTheWay(app, openIn));
      for (const { id } of own) {
        const ended = await dependencies.endSession(id, 'replaced');
        if (ended.ok && isStillThere(ended.value.endCheck?.browser)) return 'blocked';
      }
      if (openIn === 'container') return 'clear';
      const cookieStore: CookieStore = openIn === 'new_tab' ? DEFAULT_STORE : PRIVATE_STORE;
      if (clearLoginDomain) {
        const reached = await dependencies.browserSignOut.loginDomain(app, cookieStore);
        await cookies.remove(loginDomainOrigin(app), cookieStore);
        return reached ? 'cleared' : 'blocked';
      }
      // A cookie is a hint, not a proof: the agent is told that somebody may be signed in.
      if (await cookies.present(loginDomainOrigin(app), cookieStore)) return 'blocked';
      return own.length > 0 ? 'cleared' : 'clear';
    },
  };
};
