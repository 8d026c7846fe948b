import * as z from 'zod/mini';
import { errorCodeSchema } from '../../../contract/error-codes.ts';
import { grantSchema, stepUpSchema } from '../../../contract/grant.ts';
import { launchNeedSchema } from '../../../contract/launch-preview.ts';

const text = z.string().check(z.minLength(1));
const attributes = z.record(z.string(), z.string());
const count = z.int().check(z.minimum(0));

const agentSchema = z.strictObject({
  id: z.optional(text),
  roles: z.optional(z.array(text)),
  attributes: z.optional(attributes),
});

const customerSchema = z.strictObject({
  id: z.optional(text),
  attributes: z.optional(attributes),
  /** Names of organizations. */
  organizations: z.optional(z.array(text)),
  connection: z.optional(text),
  /** The account is marked, or holds a protected role. */
  protected: z.optional(z.boolean()),
});

const launchSchema = z.strictObject({
  app: z.optional(text),
  organization: z.optional(text),
  reason: z.optional(z.boolean()),
  ticket: z.optional(z.boolean()),
  /** ISO 8601, with its zone. */
  at: z.optional(z.iso.datetime({ offset: true })),
  signedInSecondsAgo: z.optional(count),
  methods: z.optional(z.array(text)),
  authClass: z.optional(text),
  launchesLastHour: z.optional(count),
  activeSessions: z.optional(count),
  network: z.optional(text),
  approvedBy: z.optional(agentSchema),
});

/** What is expected: a grant, perhaps with needs, or a refusal. `policies` are all that decided. */
const expectedSchema = z.strictObject({
  minutes: z.optional(z.int()),
  needs: z.optional(z.array(launchNeedSchema)),
  refused: z.optional(errorCodeSchema),
  policies: z.optional(z.array(text)),
});

const situationSchema = {
  agent: z.optional(agentSchema),
  customer: z.optional(customerSchema),
  launch: z.optional(launchSchema),
};

/** One case: who would act as whom, how, and what is expected of it. */
export const policyCaseSchema = z.strictObject({
  name: text,
  ...situationSchema,
  expect: expectedSchema,
});
export type PolicyCase = z.infer<typeof policyCaseSchema>;

/**
 * A file of cases, named `*.policy.test.json`. `given` is what each case has that does not say otherwise; an
 * object of a case is laid over the one of `given`, field by field. `ladder`, `timeZone` and `stepUp` stand for
 * those of the configuration.
 */
export const caseFileSchema = z.strictObject({
  ladder: z.optional(z.array(grantSchema).check(z.minLength(1))),
  timeZone: z.optional(text),
  stepUp: z.optional(stepUpSchema),
  /** The roles of those who may approve; in the configuration, `protection.staffRoles`. */
  approverRoles: z.optional(z.array(text)),
  given: z.optional(z.strictObject(situationSchema)),
  cases: z.array(policyCaseSchema).check(z.minLength(1)),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
