import type { Json, JsonObject } from './json.ts';
import { currentValue, isMet, type Requirement, repairedValue } from './requirement.ts';

const MAX_LENGTH = 120;

/** Writes a value in one line, as JSON; a long one is cut. */
export const shownValue = (value: Json | undefined): string => {
  const text = value === undefined ? 'not set' : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 3)}…` : text;
};

/** A setting that is not as it has to be. */
export type UnmetRequirement = {
  readonly requirement: Requirement;
  readonly found: string;
  readonly wanted: string;
};

/** Says which settings of an object are not as they have to be, and what setup would make of them. */
export const unmetRequirements = (
  object: JsonObject,
  requirements: readonly Requirement[],
): readonly UnmetRequirement[] =>
  requirements
    .filter((requirement) => !isMet(object, requirement))
    .map((requirement) => ({
      requirement,
      found: shownValue(currentValue(object, requirement)),
      wanted: shownValue(repairedValue(object, requirement)),
    }));
