import * as z from 'zod/mini';
import {
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from './ids.ts';
import { problemTextSchema } from './problem.ts';

/** The most launches that one launch can replace. */
const MAX_REPLACED = 10;

/**
 * `POST /v1/launches/preview`: would a launch like this be issued? Takes no actor token and mints nothing.
 * `replaces` are the agent's own launches that would be ended first.
 */
export const launchPreviewRequestSchema = z.strictObject({
  customerId: customerIdSchema,
  targetAppId: targetAppIdSchema,
  organizationId: z.optional(organizationIdSchema),
  reason: z.optional(z.string().check(z.maxLength(1000))),
  ticket: z.optional(z.string().check(z.maxLength(100))),
  replaces: z.optional(z.array(launchIdSchema).check(z.maxLength(MAX_REPLACED))),
});
export type LaunchPreviewRequest = z.infer<typeof launchPreviewRequestSchema>;

/** What the agent can still do so that the launch is issued. */
export const launchNeedSchema = z.enum(['reason', 'ticket', 'approval', 'step_up']);
export type LaunchNeed = z.infer<typeof launchNeedSchema>;

/**
 * The answer. `needs` are what is missing as it is. `refusal` is there when the launch would be refused
 * even with all needs met; its words are the same as those of the launch.
 */
export const launchPreviewSchema = z.object({
  needs: z.array(launchNeedSchema),
  refusal: z.optional(problemTextSchema),
});
export type LaunchPreview = z.infer<typeof launchPreviewSchema>;
