import * as z from 'zod/mini';
import { grantSchema } from '../../contract/grant.ts';
import { isTimeZone } from '../policy/local-time.ts';

const count = z.int().check(z.minimum(1));
const nonEmpty = z.string().check(z.minLength(1));

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

/** Names that the backend itself gives to what it knows of agents and customers. */
const OWN_ATTRIBUTES: readonly string[] = ['connection'];

const attributesSchema = z._default(
  z.record(
    z.string().check(
      z.regex(/^[A-Za-z_]\w*$/, 'must be letters, digits and underscores'),
      z.refine((name) => !OWN_ATTRIBUTES.includes(name), 'is an attribute that is always there'),
    ),
    nonEmpty,
  ),
  {},
);

/** What the ladder is where the configuration has none: as long as Auth0 allows, then less. */
const LADDER = [120, 60, 30, 15].map((minutes) => ({ mode: 'full' as const, minutes }));

/** The field `policy` of the config file: what a launch must carry, and the company's own rules. */
export const policyConfigSchema = z.strictObject({
  reason: z.strictObject({
    required: z.boolean(),
    minLength: z._default(z.int().check(z.minimum(0), z.maximum(500)), 0),
  }),
  ticket: z.strictObject({
    required: z.boolean(),
    pattern: z.optional(z.string().check(z.refine(isPattern, 'must be a regular expression'))),
  }),
  /** Folder of Cedar policies with their schema. Without one, whatever the fixed protections let through is granted. */
  folder: z.optional(nonEmpty),
  /** What can be granted, from the most to the least; the first step that the rules allow is granted. */
  ladder: z._default(z.array(grantSchema).check(z.minLength(1), z.maxLength(10)), LADDER),
  /** Where the company is: `localHour` and `weekday` of the rules are there. */
  timeZone: z._default(
    z.string().check(z.refine(isTimeZone, 'must be a time zone such as Europe/Berlin')),
    'UTC',
  ),
  /** The sign-in that `@remedy("step_up")` asks for, where the rule itself names none. */
  stepUp: z._default(
    z.strictObject({
      maxAgeSeconds: z._default(z.int().check(z.minimum(0)), 300),
      acrValues: z.optional(nonEmpty),
    }),
    { maxAgeSeconds: 300 },
  ),
  /** Hard limits, counted in the ledger over all replicas; none where one is left out. */
  limits: z._default(
    z.strictObject({
      /** Launches of an agent in an hour. */
      perHour: z.optional(count),
      /** Sessions of an agent at the same time. */
      active: z.optional(count),
      /** Sessions as one customer at the same time. */
      perCustomer: z.optional(count),
      /** Sessions in one organization at the same time. */
      perOrganization: z.optional(count),
    }),
    {},
  ),
  /** Attributes of agents that rules know: the claim of the ID token by name. */
  agentAttributes: attributesSchema,
  /** Attributes of customers that rules know: the path in `app_metadata` by name. */
  customerAttributes: attributesSchema,
});
export type PolicyConfig = z.infer<typeof policyConfigSchema>;
