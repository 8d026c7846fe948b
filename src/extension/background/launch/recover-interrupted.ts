import { inBackground } from '../../in-background.ts';
import { extensionProblem } from '../../messages/problem.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { Launches } from '../launch-state/launches.ts';

/**
 * Settles what a worker that died left behind, when its successor starts: a launch that the backend was not
 * asked for has failed. One that it was asked for is interrupted: the token, if there was one, is gone, or in
 * a tab that nobody knows; the tenant's log may know better. A half-ended session is ended by the caller.
 */
export const recoverInterruptedLaunches = async (
  launches: Launches,
  report: LaunchReporter,
): Promise<void> => {
  const problem = extensionProblem('interrupted');
  for (const record of await launches.all()) {
    if (record.state !== 'requested' && record.state !== 'issued') {
      continue;
    }
    const wasAsked = record.state === 'issued' || record.step === 'backend';
    await (wasAsked
      ? launches.advance(record.id, 'not_landed', { problem, dismissed: false })
      : launches.advance(record.id, 'failed', { problem }));
    inBackground(report(record.id, { type: 'not_landed' }), 'reporting an interrupted launch');
  }
};
