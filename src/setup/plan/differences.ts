import { unmetRequirements } from '../../tenant-settings/describe-unmet.ts';
import type { JsonObject } from '../../tenant-settings/json.ts';
import type { Requirement } from '../../tenant-settings/requirement.ts';

/** Says in which settings an object differs from what is required. */
export const differencesOf = (
  object: JsonObject,
  requirements: readonly Requirement[],
): readonly string[] =>
  unmetRequirements(object, requirements).map(
    ({ requirement, found, wanted }) => `${requirement.field} is ${found}, will be ${wanted}`,
  );
