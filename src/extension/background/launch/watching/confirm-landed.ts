import type { LaunchId } from '../../../../contract/ids.ts';
import { inBackground } from '../../../in-background.ts';
import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { done, type Outcome, refused } from '../../../messages/wire/outcome.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import type { HasFeature } from '../../backend/features.ts';
import type { LaunchReporter } from '../../backend/report-queue.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { statusOf } from '../../launch-state/standing.ts';

type Dependencies = {
  readonly launches: Pick<Launches, 'find' | 'advance' | 'note'>;
  readonly report: LaunchReporter;
  readonly hasFeature: HasFeature;
  readonly now: () => number;
};

/**
 * Makes the function that takes the agent's word that a tab shows the customer. The ledger hears that it was
 * the agent who said so, and nothing from a backend that could not write that down.
 */
export const createConfirmLanded =
  ({ launches, report, hasFeature, now }: Dependencies) =>
  async (id: LaunchId): Promise<Outcome<LaunchStatus>> => {
    const facts = { landedBy: 'agent', ambiguous: undefined, restored: undefined } as const;
    const landed = await launches.advance(id, 'landed', facts);
    const record = landed ?? (await launches.note(id, facts));
    if (!record) {
      return refused(extensionProblem('launch_unknown'));
    }
    if (landed && (await hasFeature('seen_by'))) {
      inBackground(report(id, { type: 'landed', seen: { by: 'agent' } }), 'reporting a landing');
    }
    return done(statusOf(record, now()));
  };
