import * as z from 'zod/mini';
import { grantSchema, stepUpSchema } from './grant.ts';
import { launchIdSchema } from './ids.ts';
import { launchChoiceSchema } from './launch-choice.ts';
import { problemTextSchema } from './problem.ts';

/** The most launches that one launch can replace. */
const MAX_REPLACED = 10;
const ACTOR_TOKEN_MAX_CHARACTERS = 16_384;

/** The agent's ID token. */
export const actorTokenSchema = z.string().check(z.maxLength(ACTOR_TOKEN_MAX_CHARACTERS));

/**
 * `POST /v1/launches/preview`: would a launch like this be issued? Mints nothing.
 * `replaces` are the agent's own launches that would be ended first. Without an `actorToken` nothing is known
 * of the agent's sign-in, so it counts as infinitely old.
 */
export const launchPreviewRequestSchema = z.extend(launchChoiceSchema, {
  replaces: z.optional(z.array(launchIdSchema).check(z.maxLength(MAX_REPLACED))),
  actorToken: z.optional(actorTokenSchema),
});
export type LaunchPreviewRequest = z.infer<typeof launchPreviewRequestSchema>;

/** What the agent can still do so that the launch is issued. */
export const launchNeedSchema = z.enum(['reason', 'ticket', 'approval', 'step_up']);
export type LaunchNeed = z.infer<typeof launchNeedSchema>;

/** Why a launch would be refused. `requestId` leads to the backend's log line of the preview. */
const previewRefusalSchema = z.extend(problemTextSchema, { requestId: z.string() });

/**
 * The answer. `needs` are what is missing as it is, and `stepUp` the sign-in that one of them asks for. `grant`
 * is what the launch would be granted with all needs met, `refusal` why it would be refused even then; its
 * words are the same as those of the launch. `policies` are the ids of the company's rules that decided, and
 * `policyHash` names the version of those rules; both are `built-in` where the company has set none.
 */
export const launchPreviewSchema = z.object({
  grant: z.optional(grantSchema),
  needs: z.array(launchNeedSchema),
  stepUp: z.optional(stepUpSchema),
  refusal: z.optional(previewRefusalSchema),
  policies: z.optional(z.array(z.string())),
  policyHash: z.optional(z.string()),
});
export type LaunchPreview = z.infer<typeof launchPreviewSchema>;
