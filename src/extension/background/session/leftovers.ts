import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { EndVerdict } from '../../messages/launch/launch-status.ts';
import type { Leftover } from '../../messages/snapshot.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Launches } from '../launch-state/launches.ts';
import { storedValue } from '../storage/stored-value.ts';
import { openInOf } from './cookie-stores.ts';
import type { BrowserSignOut } from './ending/browser-sign-out.ts';
import type { EndSession } from './ending/end-session.ts';
import { type BrowserCheck, endVerdict, isStillInTheWay } from './ending/end-verdict.ts';
import type { KeptSession, KeptSessions } from './remembered/kept-sessions.ts';
import type { UnreportedEnds } from './remembered/unreported-ends.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly launches: Pick<Launches, 'all' | 'find'>;
  readonly keptSessions: KeptSessions;
  readonly unreportedEnds: Pick<UnreportedEnds, 'note'>;
  readonly browserSignOut: Pick<BrowserSignOut, 'place'>;
  readonly browserCheck: BrowserCheck;
  readonly endSession: EndSession;
  readonly now: () => number;
  /** Called after each change. */
  readonly onChange: () => void;
};

/**
 * The customers' sessions that may be left from before a browser restart. One is gone when this browser has
 * signed its cookie store out, or when its time is over; neither a sign-in nor the backend's word clears it.
 */
export type Leftovers = {
  readonly all: () => Promise<readonly Leftover[]>;
  /** The ones in a cookie store at a login domain, an origin. */
  readonly at: (cookieStore: string, loginDomain: string) => Promise<readonly KeptSession[]>;
  readonly signOut: (launchId: LaunchId) => Promise<Outcome<{ verdict: EndVerdict }>>;
  /** Notes that the backend does not know a launch of this agent's: somebody else opened it. */
  readonly openedBySomebodyElse: (launchIds: readonly LaunchId[]) => Promise<void>;
};

/** Makes {@link Leftovers}: sessions that are kept on disk and that nobody has seen in this browser session. */
export const createLeftovers = (dependencies: Dependencies): Leftovers => {
  const { launches, keptSessions, now, onChange } = dependencies;
  const somebodyElses = storedValue(
    dependencies.session,
    'somebodyElsesLaunches',
    z.array(launchIdSchema),
  );

  const remaining = async (): Promise<readonly KeptSession[]> => {
    const seen = (await launches.all()).filter(({ restored }) => !restored).map(({ id }) => id);
    return (await keptSessions.all()).filter(
      ({ launchId, endsAt, notLanded }) =>
        !notLanded && !seen.includes(launchId) && Date.parse(endsAt) > now(),
    );
  };

  const signOutHere = async (kept: KeptSession): Promise<EndVerdict> => {
    const { launchId, loginDomain, cookieStore } = kept;
    const reached = await dependencies.browserSignOut.place(kept, cookieStore);
    const containerRemoved =
      openInOf(cookieStore) === 'container' && (await keptSessions.forget(launchId));
    const browser = await dependencies.browserCheck(loginDomain, cookieStore, {
      reached,
      containerRemoved,
    });
    return endVerdict({ tenant: 'unknown', browser });
  };

  /** The agent may have signed in meanwhile, and the launch been brought back as an active one. */
  const reportEnd = async (kept: KeptSession): Promise<void> => {
    if (await launches.find(kept.launchId)) {
      await dependencies.endSession(kept.launchId, 'agent');
    } else {
      await dependencies.unreportedEnds.note(kept);
    }
  };

  return {
    at: async (cookieStore, loginDomain) =>
      (await remaining()).filter(
        (kept) => kept.cookieStore === cookieStore && kept.loginDomain === loginDomain,
      ),
    all: async () => {
      const [left, elses, known] = await Promise.all([
        remaining(),
        somebodyElses.read(),
        launches.all(),
      ]);
      return left.map(({ launchId, targetAppId, targetAppName, since, endsAt, cookieStore }) => {
        const record = known.find(({ id }) => id === launchId);
        return {
          launchId,
          targetAppId,
          targetAppName,
          since,
          endsAt,
          openIn: openInOf(cookieStore),
          openedBySomebodyElse: (elses ?? []).includes(launchId),
          ...(record && { customerName: record.customerName }),
        };
      });
    },
    signOut: async (launchId) => {
      if (await launches.find(launchId)) {
        const ended = await dependencies.endSession(launchId, 'agent');
        const verdict = ended.ok ? ended.value.verdict : undefined;
        if (verdict) {
          return done({ verdict });
        }
      }
      const kept = await keptSessions.find(launchId);
      if (!kept) {
        return refused(extensionProblem('launch_unknown'));
      }
      const verdict = await signOutHere(kept);
      if (!isStillInTheWay(verdict)) {
        await reportEnd(kept);
        await keptSessions.forget(launchId);
      }
      onChange();
      return done({ verdict });
    },
    openedBySomebodyElse: async (launchIds) => {
      await somebodyElses.write([...launchIds]);
      onChange();
    },
  };
};
