import * as z from 'zod/mini';

/**
 * The states of a launch: `requested → issued → opened → landed → confirmed|unconfirmed → ended`, and four
 * exits. What leads from one to the next stands in `launch-transitions.ts`.
 */
export const launchStateSchema = z.enum([
  'requested',
  'issued',
  'opened',
  'landed',
  'confirmed',
  'unconfirmed',
  'ended',
  'refused',
  'failed',
  'interrupted',
  'not_landed',
]);
export type LaunchState = z.infer<typeof launchStateSchema>;

/**
 * Why a delegated session ended. Only the backend itself says `supervisor`, and `revoked`: the agent lost
 * the right to act as this customer.
 */
export const endCauseSchema = z.enum([
  'agent',
  'signed_out',
  'expired',
  'tab_closed',
  'replaced',
  'supervisor',
  'revoked',
]);
export type EndCause = z.infer<typeof endCauseSchema>;

/** Who saw that a launch landed: the extension in the tab, or the agent, who said so. */
export const landedBySchema = z.enum(['tab', 'agent']);
export type LandedBy = z.infer<typeof landedBySchema>;

/**
 * What a confirmation rests on, surest first. `actor`: the tenant's log names the launch in the actor.
 * `session_metadata`: our post-login Action wrote the launch into the session. `correlated`: a parameter
 * of the login chose among entries that fit. `match`: agent, customer, app, organization, address and time
 * fit, and no other launch does.
 */
export const confirmedBySchema = z.enum(['actor', 'session_metadata', 'correlated', 'match']);
export type ConfirmedBy = z.infer<typeof confirmedBySchema>;
