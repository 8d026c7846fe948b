import type { LaunchId } from '../../../contract/ids.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { Launches } from '../launch-state/launches.ts';

/**
 * Gives up a launch that the backend was asked for, and has the backend told: no tab was opened with the token
 * as far as is known. Only the backend can say whether it issued a token, so a launch that was given up already
 * stays as it is until the backend has answered.
 */
export const abandonLaunch = async (
  launches: Pick<Launches, 'find' | 'advance'>,
  report: LaunchReporter,
  id: LaunchId,
  problem: ProblemReport,
): Promise<void> => {
  const state = (await launches.find(id))?.state;
  if (state !== 'requested' && state !== 'issued') {
    return;
  }
  if (await launches.advance(id, 'not_landed', { problem, dismissed: false })) {
    await report(id, { type: 'not_landed' });
  }
};
