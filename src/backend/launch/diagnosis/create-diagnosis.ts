import type { Diagnosis } from '../../../contract/diagnosis.ts';
import type { LaunchId } from '../../../contract/ids.ts';
import type { LaunchEvent } from '../../../contract/launch-request.ts';
import { diagnose } from './diagnose.ts';
import { type FactSources, gatherFacts } from './gather-facts.ts';

/**
 * Makes the diagnosis of launches that did not land. `undefined` for a launch that is not known.
 * @throws {LedgerUnavailableError}
 */
export const createDiagnosis =
  (sources: FactSources) =>
  async (launchId: LaunchId, event: LaunchEvent): Promise<Diagnosis | undefined> => {
    const recorded = await sources.ledger.findLaunch(launchId);
    return recorded && diagnose(await gatherFacts(sources, recorded, event));
  };
