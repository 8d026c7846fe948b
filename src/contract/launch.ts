import * as z from 'zod/mini';
import { diagnosisSchema } from './diagnosis.ts';
import { errorCodeSchema } from './error-codes.ts';
import { grantSchema } from './grant.ts';
import {
  agentIdSchema,
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from './ids.ts';
import {
  confirmedBySchema,
  endCauseSchema,
  landedBySchema,
  launchStateSchema,
} from './launch-state.ts';

/**
 * The answer to an allowed launch. The session transfer token works once, for `expiresInSeconds`
 * from now; the session that it opens is over at `sessionEndsAt` at the latest. `policies` are the ids of the
 * company's rules that granted it.
 */
export const issuedLaunchSchema = z.object({
  id: launchIdSchema,
  sessionTransferToken: z.string().check(z.minLength(1)),
  loginUrl: z.url(),
  organizationId: z.optional(organizationIdSchema),
  expiresInSeconds: z.number().check(z.positive()),
  sessionEndsAt: z.iso.datetime(),
  grant: z.optional(grantSchema),
  policies: z.optional(z.array(z.string())),
  policyHash: z.optional(z.string()),
});
export type IssuedLaunch = z.infer<typeof issuedLaunchSchema>;

/**
 * What the tenant said last of a launch's session. `gone` was looked at, `still_there` too, `not_in_plan`
 * cannot be asked, `pending` has shown no session yet and is still looked for, `unknown` showed none or gave
 * no answer.
 */
export const tenantSessionSchema = z.enum([
  'gone',
  'still_there',
  'not_in_plan',
  'pending',
  'unknown',
]);
export type TenantSession = z.infer<typeof tenantSessionSchema>;

/**
 * One launch. Times are ISO 8601, UTC. `landedBy` is there once somebody saw the app with the customer in
 * it. `ambiguous`: the tenant's log shows a session that this launch or another one may have made.
 * `lookDueUntil`: until then the tenant's log is searched for a session of this launch, whatever its state;
 * a session that appears after the launch ended, failed or did not land is deleted. `tenantSession` is there
 * once that happened, or once the launch was ended. `grant` is what the launch was granted, or would have been with its
 * needs met; `policies` are the ids of the company's rules that decided, and `policyHash` names their version.
 */
export const launchSchema = z.object({
  id: launchIdSchema,
  agentId: agentIdSchema,
  state: launchStateSchema,
  customerId: customerIdSchema,
  customerName: z.optional(z.string()),
  targetAppId: targetAppIdSchema,
  organizationId: z.optional(organizationIdSchema),
  reason: z.optional(z.string()),
  ticket: z.optional(z.string()),
  requestedAt: z.iso.datetime(),
  sessionEndsAt: z.optional(z.iso.datetime()),
  landedBy: z.optional(landedBySchema),
  confirmedBy: z.optional(confirmedBySchema),
  ambiguous: z.optional(z.boolean()),
  lookDueUntil: z.optional(z.iso.datetime()),
  tenantSession: z.optional(tenantSessionSchema),
  endedAt: z.optional(z.iso.datetime()),
  cause: z.optional(endCauseSchema),
  code: z.optional(errorCodeSchema),
  grant: z.optional(grantSchema),
  policies: z.optional(z.array(z.string())),
  policyHash: z.optional(z.string()),
  diagnosis: z.optional(diagnosisSchema),
});
export type Launch = z.infer<typeof launchSchema>;

/** `GET /v1/launches`: with `?state=active` the active ones and all that are still looked for. */
export const launchesSchema = z.object({ launches: z.array(launchSchema) });

/** `POST /v1/launches/{id}/end`. */
export const endedLaunchSchema = z.object({
  launch: launchSchema,
  tenantSession: tenantSessionSchema,
});
export type EndedLaunch = z.infer<typeof endedLaunchSchema>;
