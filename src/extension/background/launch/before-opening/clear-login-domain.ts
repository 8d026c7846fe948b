import type { TargetApp } from '../../../../contract/target-app.ts';
import type { CookieStore } from '../../../browser/tabs/cookie-store.ts';
import type { LoginCookies } from '../../../browser/tabs/login-cookies.ts';
import type { LaunchRequestMessage } from '../../../messages/launch/launch.ts';
import { loginDomainOrigin } from '../../../messages/session/login-domain.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { isExpired } from '../../launch-state/standing.ts';
import { sharedStoreOf } from '../../session/cookie-stores.ts';
import type { BrowserSignOut } from '../../session/ending/browser-sign-out.ts';
import type { EndSession } from '../../session/ending/end-session.ts';
import {
  type BrowserCheck,
  endVerdict,
  isStillInTheWay,
} from '../../session/ending/end-verdict.ts';
import type { Leftovers } from '../../session/leftovers.ts';
import type { KeptSession } from '../../session/remembered/kept-sessions.ts';
import type { OwnSession, OwnSessions } from '../../session/remembered/own-sessions.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'all' | 'at' | 'note'>;
  readonly ownSessions: OwnSessions;
  readonly leftovers: Pick<Leftovers, 'at' | 'signOut'>;
  readonly endSession: EndSession;
  readonly browserSignOut: Pick<BrowserSignOut, 'place' | 'loginDomain'>;
  readonly browserCheck: BrowserCheck;
  readonly cookies: LoginCookies;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

type Place = Pick<LaunchRequestMessage, 'openIn' | 'clearLoginDomain'>;

/** What is in a launch's way: a cookie store has only one session on each login domain. */
export type Obstacles = {
  /** Customers' sessions of this browser. */
  readonly sessions: readonly LaunchRecord[];
  /** What "Open as me" opened. */
  readonly own: readonly OwnSession[];
  /** Sessions that may be left from before a browser restart. */
  readonly leftovers: readonly KeptSession[];
  /** Sessions that were ended, but this browser may be signed in still. */
  readonly notEnded: readonly LaunchRecord[];
};

/**
 * `clear` when nothing was in the way as far as can be seen, `cleared` when something was and is gone,
 * `blocked` when somebody may be signed in whom the agent has to decide about.
 */
type Result = 'clear' | 'cleared' | 'blocked';

/** Makes room on an app's login domain, where any existing session blocks a delegated one. */
export type LoginDomainClearing = {
  readonly obstacles: (app: TargetApp, openIn: Place['openIn']) => Promise<Obstacles>;
  /** Ends what is in the way. */
  readonly clear: (app: TargetApp, place: Place, obstacles: Obstacles) => Promise<Result>;
};

const NONE: Obstacles = { sessions: [], own: [], leftovers: [], notEnded: [] };

/** Tells whether a launch has to end a session first that the extension itself has opened. */
export const isAnythingToEnd = ({ sessions, own, leftovers }: Obstacles): boolean =>
  sessions.length + own.length + leftovers.length > 0;

/** Makes {@link LoginDomainClearing}. It runs before the token is asked for, which lives for a minute. */
export const createLoginDomainClearing = (dependencies: Dependencies): LoginDomainClearing => {
  const { launches, ownSessions, leftovers, cookies, browserSignOut, now } = dependencies;

  const endedButInTheWay = async (cookieStore: CookieStore, loginDomain: string) => {
    const found: LaunchRecord[] = [];
    for (const record of await launches.all()) {
      const isCandidate =
        record.state === 'ended' &&
        record.cookieStore === cookieStore &&
        record.verdict !== undefined &&
        isStillInTheWay(record.verdict) &&
        !isExpired(record, now());
      const app = isCandidate ? await dependencies.findApp(record.targetAppId) : undefined;
      if (app && loginDomainOrigin(app) === loginDomain) {
        found.push(record);
      }
    }
    return found;
  };

  const obstacles: LoginDomainClearing['obstacles'] = async (app, openIn) => {
    const cookieStore = sharedStoreOf(openIn);
    // A new container has no sessions.
    if (cookieStore === undefined) {
      return NONE;
    }
    const loginDomain = loginDomainOrigin(app);
    const [sessions, own, left, notEnded] = await Promise.all([
      launches.at(cookieStore, loginDomain),
      ownSessions.at(cookieStore, loginDomain),
      leftovers.at(cookieStore, loginDomain),
      endedButInTheWay(cookieStore, loginDomain),
    ]);
    const listed = new Set(sessions.map(({ id }) => id));
    return {
      sessions,
      own,
      leftovers: left.filter(({ launchId }) => !listed.has(launchId)),
      notEnded,
    };
  };

  const endOwn = async (target: OwnSession, cookieStore: CookieStore): Promise<boolean> => {
    const reached = await browserSignOut.place(target, cookieStore, target.tabIds);
    const browser = await dependencies.browserCheck(target.loginDomain, cookieStore, {
      reached,
      containerRemoved: false,
    });
    const isGone = !isStillInTheWay(endVerdict({ tenant: 'unknown', browser }));
    if (isGone) {
      await ownSessions.forget(target);
    }
    return isGone;
  };

  /** Ends what the extension itself opened there; tells whether all of it is gone. */
  const endAll = async (
    { sessions, own, leftovers: left }: Obstacles,
    cookieStore: CookieStore,
  ): Promise<boolean> => {
    for (const { id } of sessions) {
      const ended = await dependencies.endSession(id, 'replaced');
      if (ended.ok && ended.value.verdict && isStillInTheWay(ended.value.verdict)) {
        return false;
      }
    }
    for (const { launchId } of left) {
      const ended = await leftovers.signOut(launchId);
      if (!ended.ok || isStillInTheWay(ended.value.verdict)) {
        return false;
      }
    }
    for (const target of own) {
      if (!(await endOwn(target, cookieStore))) {
        return false;
      }
    }
    return true;
  };

  /** Signs out whoever it is, as the agent asked for. */
  const signOutAnybody = async (
    app: TargetApp,
    cookieStore: CookieStore,
    notEnded: readonly LaunchRecord[],
  ): Promise<Result> => {
    const reached = await browserSignOut.loginDomain(app, cookieStore);
    const browser = await dependencies.browserCheck(loginDomainOrigin(app), cookieStore, {
      reached,
      containerRemoved: false,
    });
    if (!reached) {
      return 'blocked';
    }
    for (const record of notEnded) {
      const tenant = record.state === 'ended' ? record.verdict?.tenant : undefined;
      await launches.note(record.id, {
        verdict: endVerdict({ tenant: tenant ?? 'unknown', browser }),
      });
    }
    return 'cleared';
  };

  return {
    obstacles,
    clear: async (app, { openIn, clearLoginDomain }, found) => {
      const cookieStore = sharedStoreOf(openIn);
      if (cookieStore === undefined) {
        return 'clear';
      }
      if (!(await endAll(found, cookieStore))) {
        return 'blocked';
      }
      if (clearLoginDomain) {
        return signOutAnybody(app, cookieStore, found.notEnded);
      }
      // A cookie is a hint, not a proof: the agent is told that somebody may be signed in.
      const isPresent = await cookies.present(loginDomainOrigin(app), cookieStore);
      if (isPresent || (isPresent === undefined && found.notEnded.length > 0)) {
        return 'blocked';
      }
      return isAnythingToEnd(found) ? 'cleared' : 'clear';
    },
  };
};
