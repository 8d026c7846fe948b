import * as z from 'zod/mini';
import { diagnosisSchema } from '../../contract/diagnosis.ts';
import {
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../contract/ids.ts';
import { endCauseSchema, launchStateSchema } from '../../contract/launch.ts';
import { problemReportSchema } from './problem.ts';

/** Where a session may be opened. Private windows and containers come later. */
export const openInSchema = z.enum(['new_tab']);

/**
 * A launch as the views show it. `step` tells how far a requested one is, `ending` how far the
 * signing out is. `landing` tells whether anybody looks where the tab ends up: `unwatched` means that
 * the agent has not given access to the app's origin, `seen` that the app was there. `request` is what
 * a retry needs besides customer and app. `cause` says why a session ended.
 */
export const launchStatusSchema = z.object({
  id: launchIdSchema,
  state: launchStateSchema,
  step: z.optional(z.enum(['identity', 'backend', 'tab'])),
  ending: z.optional(z.enum(['app', 'login_domain'])),
  customerId: customerIdSchema,
  customerName: z.string(),
  customerEmail: z.optional(z.string()),
  targetAppId: targetAppIdSchema,
  targetAppName: z.string(),
  organizationName: z.optional(z.string()),
  requestedAt: z.iso.datetime(),
  sessionEndsAt: z.optional(z.iso.datetime()),
  landing: z.enum(['unwatched', 'watched', 'seen']),
  request: z.optional(
    z.object({
      organizationId: z.optional(organizationIdSchema),
      reason: z.optional(z.string()),
      ticket: z.optional(z.string()),
    }),
  ),
  diagnosis: z.optional(diagnosisSchema),
  cause: z.optional(endCauseSchema),
  problem: z.optional(problemReportSchema),
});
export type LaunchStatus = z.infer<typeof launchStatusSchema>;
