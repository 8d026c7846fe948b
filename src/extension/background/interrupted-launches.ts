import { extensionProblem } from '../messages/problem.ts';
import type { LaunchReporter } from './launch-reporter.ts';
import type { LaunchStore } from './launch-store.ts';

/**
 * Settles what a worker that died left behind, when its successor starts: a launch in the middle has
 * failed, since its token, if there was one, is gone. A half-ended session is ended by the caller.
 */
export const settleInterruptedLaunches = async (
  store: LaunchStore,
  report: LaunchReporter,
): Promise<void> => {
  for (const { id, state, tabId } of await store.all()) {
    const interrupted = state === 'requested' || (state === 'issued' && tabId === undefined);
    if (interrupted)
      await store.change(id, { state: 'failed', problem: extensionProblem('interrupted') });
    if (state === 'issued' && interrupted) void report(id, { type: 'not_landed' });
  }
};
