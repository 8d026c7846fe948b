import type { LaunchId } from '../../../contract/ids.ts';
import { inBackground } from '../../in-background.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { KeptSessions } from '../session/remembered/kept-sessions.ts';
import { abandonLaunch } from './abandon-launch.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find' | 'advance'>;
  readonly keptSessions: Pick<KeptSessions, 'forget'>;
  readonly report: LaunchReporter;
};

/** The two ways in which a launch ends that opened no tab. */
export type GivingUp = {
  /** Ends a launch that no token was given out for. */
  readonly fail: (id: LaunchId, problem: ProblemReport) => Promise<void>;
  /** Ends a launch that the backend may have issued, or has: no tab was opened with the token. */
  readonly abandon: (id: LaunchId, problem: ProblemReport) => Promise<void>;
};

/** Makes {@link GivingUp}. */
export const createGivingUp = ({ launches, keptSessions, report }: Dependencies): GivingUp => ({
  fail: async (id, problem) => {
    await launches.advance(id, problem.source === 'backend' ? 'refused' : 'failed', { problem });
    await keptSessions.forget(id);
  },
  abandon: async (id, problem) => {
    await keptSessions.forget(id);
    await abandonLaunch(
      launches,
      async (...reported) => inBackground(report(...reported), 'reporting a launch without a tab'),
      id,
      problem,
    );
  },
});
