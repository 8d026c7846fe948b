import * as z from 'zod/mini';
import { type LaunchStatus, launchStatusSchema } from '../messages/launch-status.ts';

/** A launch as it is kept: what the views show, its tab, and whether the agent has seen how it went. Never the token. */
export const launchRecordSchema = z.extend(launchStatusSchema, {
  tabId: z.optional(z.number()),
  /** When the tab was opened, in milliseconds. */
  openedAt: z.optional(z.number()),
  dismissed: z.boolean(),
});
export type LaunchRecord = z.infer<typeof launchRecordSchema>;

const SESSION_STATES: readonly LaunchRecord['state'][] = [
  'opened',
  'landed',
  'confirmed',
  'unconfirmed',
];

/** Tells whether the customer's session of this launch may be alive at a time, in milliseconds. */
export const isActive = (record: LaunchRecord, now: number): boolean =>
  SESSION_STATES.includes(record.state) &&
  (record.sessionEndsAt === undefined || Date.parse(record.sessionEndsAt) > now);

/** What a view may know of a launch. */
export const statusOf = (record: LaunchRecord): LaunchStatus => launchStatusSchema.parse(record);
