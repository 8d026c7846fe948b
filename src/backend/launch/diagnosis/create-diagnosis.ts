import type { Diagnosis } from '../../../contract/diagnosis.ts';
import type { LaunchId } from '../../../contract/ids.ts';
import type { LaunchEvent } from '../../../contract/launch-request.ts';
import { createRecentAnswers } from '../../recent-answers.ts';
import { collectFacts, type FactSources } from './collect-facts.ts';
import { diagnose } from './diagnose.ts';

/** A diagnosis costs the tenant several calls, and an extension may report again and again. */
const KEPT = { lifetimeMilliseconds: 60 * 60_000, capacity: 10_000 };

/**
 * Makes the diagnosis of launches that did not land: one for each launch, kept for an hour. `undefined` for a
 * launch that is not known.
 * @throws {LedgerUnavailableError}
 */
export const createDiagnosis = (sources: FactSources) => {
  const kept = createRecentAnswers<Diagnosis | undefined>(KEPT, sources.clock);
  return (launchId: LaunchId, event: LaunchEvent): Promise<Diagnosis | undefined> =>
    kept(launchId, async () => {
      const recorded = await sources.ledger.findLaunch(launchId);
      return recorded && diagnose(await collectFacts(sources, recorded, event));
    });
};
