import { inBackground } from '../../../in-background.ts';
import { endingOf } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { isExpired } from '../../launch-state/standing.ts';
import type { EndSession } from './end-session.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'active'>;
  readonly endSession: EndSession;
  readonly now: () => number;
};

/** Makes the function that ends the sessions whose time is over. */
export const createExpireSessions =
  ({ launches, endSession, now }: Dependencies) =>
  async (): Promise<void> => {
    for (const record of await launches.active()) {
      if (isExpired(record, now()) && !endingOf(record)) {
        inBackground(endSession(record.id, 'expired'), 'ending a session whose time is over');
      }
    }
  };
