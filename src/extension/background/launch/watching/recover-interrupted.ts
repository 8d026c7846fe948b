import { inBackground } from '../../../in-background.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import type { LaunchReporter } from '../../backend/report-queue.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { abandonLaunch } from '../abandon-launch.ts';

/**
 * Settles what a worker that died left behind, when the next one starts. A launch that the backend was not asked
 * for has failed. One that it was asked for is interrupted: the token, if there was one, is gone or in a tab that
 * is not known, and the tenant's log may show a session. A session whose end was under way is ended by the caller.
 */
export const recoverInterruptedLaunches = async (
  launches: Launches,
  report: LaunchReporter,
): Promise<void> => {
  const problem = extensionProblem('interrupted');
  const reportLater: LaunchReporter = async (...reported) =>
    inBackground(report(...reported), 'reporting an interrupted launch');
  for (const record of await launches.all()) {
    if (record.state !== 'requested' && record.state !== 'issued') {
      continue;
    }
    const wasAsked = record.state === 'issued' || record.step === 'backend';
    if (wasAsked) {
      await abandonLaunch(launches, reportLater, record.id, problem);
    } else {
      await launches.advance(record.id, 'failed', { problem });
      await reportLater(record.id, { type: 'not_landed' });
    }
  }
};
