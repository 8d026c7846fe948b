import * as z from 'zod/mini';
import { grantSchema } from './grant.ts';
import { launchIdSchema } from './ids.ts';
import { launchChoiceSchema } from './launch-choice.ts';
import { actorTokenSchema } from './launch-preview.ts';
import { endCauseSchema, landedBySchema } from './launch-state.ts';

/**
 * `POST /v1/launches`. The actor token is the agent's ID token. It is optional here so that its
 * absence is refused, and recorded, as `actor_unavailable` rather than as a malformed request. `grant` is what
 * a preview showed: more is never given, and less is refused as `grant_changed`.
 */
export const launchRequestSchema = z.extend(launchChoiceSchema, {
  id: launchIdSchema,
  actorToken: z.optional(actorTokenSchema),
  grant: z.optional(grantSchema),
});
export type LaunchRequest = z.infer<typeof launchRequestSchema>;

/**
 * What was seen of the tab: an origin and an OAuth error code, never a URL. `by` says who saw it: the
 * extension (`tab`, when left out) or the agent, who says so without the extension being able to look.
 */
const seenSchema = z.strictObject({
  by: z.optional(landedBySchema),
  origin: z.optional(
    z.string().check(
      z.maxLength(300),
      z.refine((text) => /^https?:/.test(text) && URL.parse(text)?.origin === text),
    ),
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
  cause: z.optional(
    endCauseSchema.check(z.refine((cause) => cause !== 'supervisor' && cause !== 'revoked')),
  ),
});
export type LaunchEvent = z.infer<typeof launchEventSchema>;
