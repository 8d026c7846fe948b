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

const ACTOR_TOKEN_MAX_CHARACTERS = 16_384;

/**
 * `POST /v1/launches`. The actor token is the agent's ID token. It is optional here so that its
 * absence is refused, and recorded, as `actor_unavailable` rather than as a malformed request.
 */
export const launchRequestSchema = z.strictObject({
  id: launchIdSchema,
  customerId: customerIdSchema,
  targetAppId: targetAppIdSchema,
  organizationId: z.optional(organizationIdSchema),
  reason: z.optional(z.string().check(z.maxLength(1000))),
  ticket: z.optional(z.string().check(z.maxLength(100))),
  actorToken: z.optional(z.string().check(z.maxLength(ACTOR_TOKEN_MAX_CHARACTERS))),
});
export type LaunchRequest = z.infer<typeof launchRequestSchema>;

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

/** Where a tab was seen when the launch did not land: an origin and an OAuth error code, never a URL. */
const seenSchema = z.strictObject({
  origin: z.string().check(
    z.maxLength(300),
    z.refine((text) => /^https?:/.test(text) && URL.parse(text)?.origin === text),
  ),
  /** Lower case and underscores, as OAuth spells its codes: nothing that could be a token. */
  error: z.optional(z.string().check(z.regex(/^[a-z_]{1,40}$/))),
});

/** `POST /v1/launches/{id}/events`. */
export const launchEventSchema = z.strictObject({
  type: z.enum(['opened', 'landed', 'not_landed', 'ended']),
  /** By the agent's clock; the ledger takes no time before the request or after now. */
  occurredAt: z.iso.datetime(),
  seen: z.optional(seenSchema),
  cause: z.optional(endCauseSchema.check(z.refine((cause) => cause !== 'supervisor'))),
});
export type LaunchEvent = z.infer<typeof launchEventSchema>;

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
