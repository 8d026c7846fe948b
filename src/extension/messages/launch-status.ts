import * as z from 'zod/mini';
import {
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../contract/ids.ts';
import { endCauseSchema, launchStateSchema } from '../../contract/launch-state.ts';
import { problemReportSchema } from './problem-schema.ts';

/** Where a session may be opened. Only Firefox has containers. */
export const openInSchema = z.enum(['new_tab', 'private_window', 'container']);
export type OpenIn = z.infer<typeof openInSchema>;

/** The backend's diagnosis, checked where it came in. @see diagnosisSchema of the contract */
const diagnosisReportSchema = z.object({
  cause: z.string(),
  sentence: z.string(),
  evidence: z.array(z.string()),
  who: z.enum(['agent', 'platform_team', 'app_team', 'nobody']),
  how: z.string(),
  ruledOut: z.array(z.string()),
});
export type DiagnosisReport = z.infer<typeof diagnosisReportSchema>;

/**
 * How far it was checked that a session is over. `tenant` is the backend's word, `unreachable` when the
 * backend did not answer; `browser` is about the login domain's cookie, `not_seen` without access to it,
 * `not_reached` for a session of another browser or in a private window that the extension may not see.
 */
const endCheckSchema = z.object({
  tenant: z.enum(['gone', 'still_there', 'not_in_plan', 'pending', 'unknown', 'unreachable']),
  browser: z.enum(['signed_out', 'still_signed_in', 'not_seen', 'not_reached']),
});
export type EndCheck = z.infer<typeof endCheckSchema>;

/**
 * A launch as the views show it. `step` tells how far a requested one is, `ending` how far the
 * signing out is. `landing` tells whether anybody looks where the tab ends up: `unwatched` means that
 * the agent has not given access to the app's origin, `hidden` that the tab is in a private window that
 * the extension may not see, `seen` that the app was there. `request` is what
 * a retry needs besides customer and app. `cause` says why a session ended.
 */
export const launchStatusSchema = z.object({
  id: launchIdSchema,
  state: launchStateSchema,
  step: z.optional(z.enum(['clearing', 'identity', 'backend', 'tab'])),
  ending: z.optional(z.enum(['app', 'login_domain', 'tenant'])),
  customerId: customerIdSchema,
  customerName: z.string(),
  customerEmail: z.optional(z.string()),
  targetAppId: targetAppIdSchema,
  targetAppName: z.string(),
  organizationName: z.optional(z.string()),
  /** The customer whose session was ended to make room for this one. */
  replaces: z.optional(z.string()),
  /** Absent where it is not known: the backend told of the session, it may be open in another browser. */
  openIn: z.optional(openInSchema),
  requestedAt: z.iso.datetime(),
  sessionEndsAt: z.optional(z.iso.datetime()),
  landing: z.enum(['unwatched', 'hidden', 'watched', 'seen']),
  request: z.optional(
    z.object({
      organizationId: z.optional(organizationIdSchema),
      reason: z.optional(z.string()),
      ticket: z.optional(z.string()),
    }),
  ),
  diagnosis: z.optional(diagnosisReportSchema),
  cause: z.optional(endCauseSchema),
  endCheck: z.optional(endCheckSchema),
  problem: z.optional(problemReportSchema),
});
export type LaunchStatus = z.infer<typeof launchStatusSchema>;
