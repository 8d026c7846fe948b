import * as z from 'zod/mini';
import {
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import { tenantSessionSchema } from '../../../contract/launch.ts';
import {
  confirmedBySchema,
  endCauseSchema,
  landedBySchema,
  launchStateSchema,
} from '../../../contract/launch-state.ts';
import { problemReportSchema } from '../wire/problem-schema.ts';

/** Where a session may be opened. Only Firefox has containers. */
export const openInSchema = z.enum(['new_tab', 'private_window', 'container']);
export type OpenIn = z.infer<typeof openInSchema>;

/** The colours that a session can have: those that Chromium's tab groups and Firefox's containers share. */
export const sessionColorSchema = z.enum(['blue', 'green', 'purple', 'pink', 'cyan']);
export type SessionColor = z.infer<typeof sessionColorSchema>;

/** The backend's diagnosis, checked where it came in. @see diagnosisSchema of the contract */
export const diagnosisReportSchema = z.object({
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
 * `not_reached` for a session of another browser or in a private window that the extension may not see,
 * `nothing_left` where a later session took its place or none was opened, so that nobody was signed out.
 * `result` sums both up; nothing else decides whether an end is verified.
 */
export const endVerdictSchema = z.object({
  tenant: z.enum([...tenantSessionSchema.options, 'unreachable']),
  browser: z.enum(['signed_out', 'still_signed_in', 'not_seen', 'not_reached', 'nothing_left']),
  result: z.enum(['signed_out', 'not_checked', 'still_signed_in', 'pending']),
});
export type EndVerdict = z.infer<typeof endVerdictSchema>;

/**
 * What a launch is to the agent. `launching`: the tab is not open yet. `acting`: the app was seen with the
 * customer in it, by the extension, by the tenant's log or by the agent. `not_verified`: nobody saw it, and
 * it may be. `ending`: the end is under way, or the tenant is still searched for the session. `over`: none
 * of these.
 */
const standingSchema = z.enum(['launching', 'acting', 'not_verified', 'ending', 'over']);
export type Standing = z.infer<typeof standingSchema>;

/**
 * What is known of a session's own tab. `unknown`: it was opened elsewhere or out of sight, or it went
 * somewhere that the extension may not look at.
 */
export const sessionTabSchema = z.enum(['open', 'closed', 'unknown']);

/** How far a launch is whose tab is not open yet. */
export const launchStepSchema = z.enum(['sign_in', 'clearing', 'identity', 'backend', 'tab']);

/** Which place is being signed out. */
export const endingStepSchema = z.enum(['app', 'login_domain', 'tenant']);

/**
 * Whether anybody looks where the tab ends up: `unwatched` without access to the app's origins, `hidden` in
 * a private window that the extension may not see, `seen` once the app was there.
 */
export const landingSchema = z.enum(['unwatched', 'hidden', 'watched', 'seen']);

/** What a retry needs besides customer and app. */
export const launchInputSchema = z.object({
  organizationId: z.optional(organizationIdSchema),
  reason: z.optional(z.string()),
  ticket: z.optional(z.string()),
});

/** What is known of a launch in every state, and shown as it is. */
export const launchFactsSchema = z.object({
  id: launchIdSchema,
  customerId: customerIdSchema,
  customerName: z.string(),
  customerEmail: z.optional(z.string()),
  targetAppId: targetAppIdSchema,
  targetAppName: z.string(),
  organizationName: z.optional(z.string()),
  /** The agent signs in again first, as the company's rules want for this launch. */
  signsInAgain: z.optional(z.literal(true)),
  /** The customer whose session was ended to make room for this one. */
  replaces: z.optional(z.string()),
  /** Absent for a session that the backend told of: it was opened in another browser or profile. */
  openIn: z.optional(openInSchema),
  color: sessionColorSchema,
  tab: sessionTabSchema,
  requestedAt: z.iso.datetime(),
  landing: landingSchema,
  landedBy: z.optional(landedBySchema),
  /** The tenant's log shows a session that this launch or another one may have made. */
  ambiguous: z.optional(z.literal(true)),
  request: z.optional(launchInputSchema),
});

/** A launch as the views show it. Views compute nothing of this again. */
export const launchStatusSchema = z.extend(launchFactsSchema, {
  state: launchStateSchema,
  standing: standingSchema,
  step: z.optional(launchStepSchema),
  ending: z.optional(endingStepSchema),
  /** There only where a session was seen: nothing else has an end that could be counted down to. */
  sessionEndsAt: z.optional(z.iso.datetime()),
  confirmedBy: z.optional(confirmedBySchema),
  /** There where the launch is over, and the tenant's log showed a session of it all the same. */
  tenantSession: z.optional(tenantSessionSchema),
  diagnosis: z.optional(diagnosisReportSchema),
  /** Why the session ended, or is being ended. */
  cause: z.optional(endCauseSchema),
  verdict: z.optional(endVerdictSchema),
  problem: z.optional(problemReportSchema),
});
export type LaunchStatus = z.infer<typeof launchStatusSchema>;
