import type { Call, Ids } from '../../tenant-settings/call.ts';
import type { Json, JsonObject } from '../../tenant-settings/json.ts';
import type { Description } from '../description/describe.ts';
import type { Entry, SetupRecord } from '../files/record.ts';
import type { SecretName } from '../files/secrets-file.ts';
import type { ManagementApi } from '../tenant/management-api.ts';

/** One step of a plan: what is printed, what is sent, and what is recorded of it. */
export type Change = {
  readonly title: string;
  /** Each setting that differs, for one that drifted: `allow_offline_access is false, will be true`. */
  readonly differences?: readonly string[];
  readonly call: Call;
  /** Makes the call from what the tenant has just then, where the call replaces what others may have changed. */
  readonly fresh?: (api: ManagementApi, ids: Ids) => Promise<Call>;
  /** The reference of the object that the call makes anew: until then it has no id. */
  readonly makes?: string;
  readonly entries: (answer: JsonObject, ids: Ids) => readonly Entry[];
  /** The secret in the answer, which Auth0 shows only once. */
  readonly secret?: SecretName;
  /** An Action is deployed once it has been built, which takes Auth0 some seconds. */
  readonly waitForBuild?: true;
};

/** What a part of the description takes in this tenant. */
export type PartialPlan = {
  readonly changes: readonly Change[];
  /** Why nothing may be changed at all, as sentences. */
  readonly conflicts: readonly string[];
};

/** What every part is planned from. */
export type Planning = {
  readonly api: ManagementApi;
  readonly domain: string;
  readonly description: Description;
  readonly record: SetupRecord;
};

/** Nothing to do. */
export const NO_CHANGE: PartialPlan = { changes: [], conflicts: [] };

/** Joins plans in their order. */
export const joinPlans = (plans: readonly PartialPlan[]): PartialPlan => ({
  changes: plans.flatMap(({ changes }) => changes),
  conflicts: plans.flatMap(({ conflicts }) => conflicts),
});

/** Gives a text field of an object from the tenant, empty when it is absent. */
export const textOf = (object: JsonObject, name: string): string => {
  const value: Json | undefined = object[name];
  return typeof value === 'string' ? value : '';
};

/** Says that something of a name exists which setup did not make: it adopts nothing. */
export const takenName = (what: string, name: string, id: string): string =>
  `The tenant already has ${what} "${name}" (${id}), which setup did not make. Remove or rename it, or choose another --name.`;
