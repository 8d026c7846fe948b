import * as z from 'zod/mini';
import { customerIdSchema, organizationIdSchema, targetAppIdSchema } from './ids.ts';

/** What the agent chose and wrote down for a launch. A preview, a launch and the popup's message all carry it. */
export const launchChoiceSchema = z.strictObject({
  customerId: customerIdSchema,
  targetAppId: targetAppIdSchema,
  organizationId: z.optional(organizationIdSchema),
  reason: z.optional(z.string().check(z.maxLength(1000))),
  ticket: z.optional(z.string().check(z.maxLength(100))),
});
