import * as z from 'zod/mini';

/** The life of a launch: `requested → issued → opened → landed → confirmed|unconfirmed → ended`, and three exits. */
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
  'not_landed',
]);
export type LaunchState = z.infer<typeof launchStateSchema>;

/** Why a delegated session ended. Only the backend itself says `supervisor`. */
export const endCauseSchema = z.enum([
  'agent',
  'signed_out',
  'expired',
  'tab_closed',
  'replaced',
  'supervisor',
]);
export type EndCause = z.infer<typeof endCauseSchema>;
