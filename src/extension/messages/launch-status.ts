import * as z from 'zod/mini';
import { customerIdSchema, launchIdSchema, targetAppIdSchema } from '../../contract/ids.ts';
import { launchStateSchema } from '../../contract/launch.ts';
import { problemReportSchema } from './problem.ts';

/** Where a session may be opened. Private windows and containers come later. */
export const openInSchema = z.enum(['new_tab']);

/**
 * A launch as the views show it. `step` tells how far a requested one is, `ending` how far the
 * signing out is. `landing` tells whether anybody looks where the tab ends up: `unwatched` means that
 * the agent has not given access to the app's origin.
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
  landing: z.enum(['unwatched', 'watched']),
  problem: z.optional(problemReportSchema),
});
export type LaunchStatus = z.infer<typeof launchStatusSchema>;
