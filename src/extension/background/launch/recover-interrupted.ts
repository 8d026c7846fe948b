import { extensionProblem } from '../../messages/problem.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { LaunchReporter } from './report-to-backend.ts';

/**
 * Settles what a worker that died left behind, when its successor starts: a launch in the middle has
 * failed, since its token, if there was one, is gone. One whose token may have gone into a tab has not
 * landed as far as anybody saw; the tenant's log may know better. A half-ended session is ended by the caller.
 */
export const settleInterruptedLaunches = async (
  store: LaunchStore,
  report: LaunchReporter,
): Promise<void> => {
  for (const { id, state, step, tabId } of await store.all()) {
    const interrupted = state === 'requested' || (state === 'issued' && tabId === undefined);
    if (!interrupted) continue;
    await store.change(id, {
      state: state === 'issued' || step === 'backend' ? 'not_landed' : 'failed',
      problem: extensionProblem('interrupted'),
    });
    void report(id, { type: 'not_landed' });
  }
};
