import type { Launch } from '../../../../contract/launch.ts';
import { inBackground } from '../../../in-background.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import { endingOf, type NotedFacts, problemOf } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import type { EndSession } from '../../session/ending/end-session.ts';

/** Takes over what the backend says of a launch. */
export type ApplyBackendNews = (launch: Launch) => Promise<void>;

/** What the backend knows of a launch besides its state. What it leaves out stays as it is known here. */
const factsOf = (launch: Launch): NotedFacts => ({
  ...(launch.sessionEndsAt !== undefined && { sessionEndsAt: launch.sessionEndsAt }),
  ...(launch.landedBy !== undefined && { landedBy: launch.landedBy }),
  ...(launch.confirmedBy !== undefined && { confirmedBy: launch.confirmedBy }),
  ...(launch.lookDueUntil !== undefined && { lookDueUntil: launch.lookDueUntil }),
  ...(launch.tenantSession !== undefined && { tenantSession: launch.tenantSession }),
  ...(launch.diagnosis !== undefined && { diagnosis: launch.diagnosis }),
  ambiguous: launch.ambiguous ? true : undefined,
});

/**
 * Makes {@link ApplyBackendNews}: confirmed by the tenant's log, diagnosed, ended by somebody else. A session
 * of this browser that somebody else ended is ended here too, app and tabs included. A launch whose tab is
 * not open yet is left alone: this worker's own steps decide about it.
 */
export const createApplyBackendNews =
  (
    launches: Pick<Launches, 'find' | 'follow' | 'note'>,
    endSession: EndSession,
  ): ApplyBackendNews =>
  async (launch) => {
    const record = await launches.find(launch.id);
    if (!record || record.state === 'requested' || record.state === 'issued') {
      return;
    }
    if (launch.state !== 'ended' || record.state === 'ended') {
      const problem = problemOf(record) ?? extensionProblem('interrupted');
      const isSame = launch.state === record.state;
      const change = isSame ? launches.note(launch.id, factsOf(launch)) : undefined;
      await (change ?? launches.follow(launch.id, launch.state, { problem, ...factsOf(launch) }));
      return;
    }
    if (endingOf(record)) {
      return;
    }
    const { cause } = launch;
    if (record.cookieStore !== undefined && cause !== undefined) {
      // Ending sends a report, and the answer to a report may be what brought the news.
      inBackground(endSession(launch.id, cause), 'ending a session that was ended elsewhere');
      return;
    }
    await launches.follow(launch.id, 'ended', { ...factsOf(launch), cause, dismissed: false });
  };
