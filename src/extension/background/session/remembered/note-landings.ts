import type { Launches } from '../../launch-state/launches.ts';
import { standingOf } from '../../launch-state/standing.ts';
import type { KeptSessions } from './kept-sessions.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'all'>;
  readonly keptSessions: Pick<KeptSessions, 'noteLanding'>;
  readonly now: () => number;
};

/**
 * Makes the function that notes on disk which launches did not land, so that a restarted browser warns of
 * what may be open, and not of what never was. For a session that was ended, its end says what is left.
 */
export const createNoteLandings =
  ({ launches, keptSessions, now }: Dependencies) =>
  async (): Promise<void> => {
    for (const record of await launches.all()) {
      const standing = standingOf(record, now());
      if (record.state !== 'ended' && (standing === 'over' || standing === 'not_verified')) {
        await keptSessions.noteLanding(record.id, standing === 'over' ? 'not_landed' : 'possible');
      }
    }
  };
