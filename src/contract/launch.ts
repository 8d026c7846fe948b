import * as z from 'zod/mini';
import { diagnosisSchema } from './diagnosis.ts';
import { errorCodeSchema } from './error-codes.ts';
import {
  agentIdSchema,
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from './ids.ts';
import { endCauseSchema, launchStateSchema } from './launch-state.ts';

/**
 * The answer to an allowed launch. The session transfer token works once, for `expiresInSeconds`
 * from now; the session that it opens is over at `sessionEndsAt` at the latest.
 */
export const issuedLaunchSchema = z.object({
  id: launchIdSchema,
  sessionTransferToken: z.string().check(z.minLength(1)),
  loginUrl: z.url(),
  organizationId: z.optional(organizationIdSchema),
  expiresInSeconds: z.number().check(z.positive()),
  sessionEndsAt: z.iso.datetime(),
});
export type IssuedLaunch = z.infer<typeof issuedLaunchSchema>;

/** One launch. Times are ISO 8601, UTC. */
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
  endedAt: z.optional(z.iso.datetime()),
  cause: z.optional(endCauseSchema),
  code: z.optional(errorCodeSchema),
  diagnosis: z.optional(diagnosisSchema),
});
export type Launch = z.infer<typeof launchSchema>;

/** `GET /v1/launches`. */
export const launchesSchema = z.object({ launches: z.array(launchSchema) });

/**
 * `POST /v1/launches/{id}/end`. `tenantSession` tells how far the tenant's word goes: `gone` was looked
 * at, `still_there` too, `not_in_plan` cannot be asked, `unknown` has no session id yet or no answer.
 */
export const endedLaunchSchema = z.object({
  launch: launchSchema,
  tenantSession: z.enum(['gone', 'still_there', 'not_in_plan', 'unknown']),
});
export type EndedLaunch = z.infer<typeof endedLaunchSchema>;
