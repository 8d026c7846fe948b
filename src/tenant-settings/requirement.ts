import {
  isJsonObject,
  isSameJson,
  type Json,
  type JsonObject,
  valueAt,
  withValue,
} from './json.ts';

/**
 * What one field of an object in the tenant has to be. From the same list setup makes the object,
 * finds drift and repairs it, the doctor prints its lines, and the exports are written.
 */
export type Requirement = {
  /** Dotted path, as the Management API spells it. */
  readonly field: string;
  /**
   * `equals` the value, be `one-of` the values (the first is what setup writes), `include` each of the
   * values, or be `at-least` the number.
   */
  readonly rule: 'equals' | 'one-of' | 'includes' | 'at-least';
  readonly value: Json;
  /** What Auth0 takes an absent field for. */
  readonly absentIs?: Json;
  /** What setup writes, where that is more than what is required. */
  readonly initial?: Json;
  /** A field that the API does not take beside this one: it is sent as `null` where the object has it. */
  readonly excludes?: string;
  /** What goes wrong otherwise, as a sentence. */
  readonly why: string;
  /** Where it is in the dashboard; absent where only the Management API has it. */
  readonly dashboard?: string;
};

const itemsOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Scopes of an API are objects that `value` names; everything else is compared whole. */
const isSameItem = (a: Json, b: Json): boolean =>
  isJsonObject(a) && isJsonObject(b) && a['value'] !== undefined
    ? a['value'] === b['value']
    : isSameJson(a, b);

const missingItems = (current: Json | undefined, wanted: Json): readonly Json[] =>
  itemsOf(wanted).filter((item) => !itemsOf(current).some((known) => isSameItem(known, item)));

/** Gives the present value of a required field, with Auth0's default where it is absent. */
export const currentValue = (
  object: JsonObject,
  { field, absentIs }: Requirement,
): Json | undefined => valueAt(object, field) ?? absentIs;

/** Tells whether an object meets a requirement. */
export const isMet = (object: JsonObject, requirement: Requirement): boolean => {
  const { rule, value } = requirement;
  const current = currentValue(object, requirement);
  switch (rule) {
    case 'equals':
      return isSameJson(current, value);
    case 'one-of':
      return itemsOf(value).some((allowed) => isSameJson(current, allowed));
    case 'includes':
      return missingItems(current, value).length === 0;
    case 'at-least':
      return typeof current === 'number' && typeof value === 'number' && current >= value;
  }
};

/** Gives what a field has to become: what is there stays, where the rule lets it. */
export const repairedValue = (object: JsonObject, requirement: Requirement): Json => {
  const { rule, value, initial } = requirement;
  switch (rule) {
    case 'equals':
    case 'at-least':
      return initial ?? value;
    case 'one-of':
      return itemsOf(value)[0] ?? null;
    case 'includes': {
      const current = valueAt(object, requirement.field);
      return [...itemsOf(current), ...missingItems(current, initial ?? value)];
    }
  }
};

/**
 * Gives the body of the PATCH that makes an object meet the requirements, `undefined` when it does
 * already. The API replaces what it is sent name by name, so a nested setting is sent with all that
 * stands beside it.
 */
export const patchFor = (
  object: JsonObject,
  requirements: readonly Requirement[],
): JsonObject | undefined => {
  const unmet = requirements.filter((requirement) => !isMet(object, requirement));
  if (unmet.length === 0) {
    return undefined;
  }
  const repaired = unmet.reduce(
    (sofar, requirement) => withValue(sofar, requirement.field, repairedValue(sofar, requirement)),
    object,
  );
  const touched = new Set(unmet.map(({ field }) => field.split('.')[0] ?? ''));
  const excluded = unmet.flatMap(({ excludes }) =>
    excludes !== undefined && (object[excludes] ?? null) !== null ? excludes : [],
  );
  return Object.fromEntries([
    ...[...touched].map((name): [string, Json] => [name, repaired[name] ?? null]),
    ...excluded.map((name): [string, Json] => [name, null]),
  ]);
};

/** Gives an object that meets all requirements and has nothing else. */
export const objectMeeting = (requirements: readonly Requirement[]): JsonObject =>
  requirements.reduce(
    (sofar, requirement) => withValue(sofar, requirement.field, repairedValue({}, requirement)),
    {} as JsonObject,
  );
