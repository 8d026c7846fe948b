import * as z from 'zod/mini';
import { type LaunchStatus, launchStatusSchema } from '../../messages/launch-status.ts';

/** A launch as it is kept: what the views show, its tab, and whether the agent has seen how it went. Never the token. */
export const launchRecordSchema = z.extend(launchStatusSchema, {
  tabId: z.optional(z.number()),
  /** Absent where it is not known: the backend told of the session, it may be open in another browser. */
  store: z.optional(z.string()),
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

/** Tells whether a launch has led to a session that nobody ended, however old it is. */
export const hasSession = ({ state }: LaunchRecord): boolean => SESSION_STATES.includes(state);

/** Tells whether a launch has led to a session, or may yet: one that did not land may while its tab is looked at. */
export const mayHaveSession = (record: LaunchRecord): boolean =>
  hasSession(record) ||
  record.state === 'requested' ||
  record.state === 'issued' ||
  (record.state === 'not_landed' && !record.dismissed);

/** Tells whether the customer's session of this launch may be alive at a time, in milliseconds. */
export const isActive = (record: LaunchRecord, now: number): boolean =>
  hasSession(record) &&
  (record.sessionEndsAt === undefined || Date.parse(record.sessionEndsAt) > now);

/** What a view may know of a launch. */
export const statusOf = (record: LaunchRecord): LaunchStatus => launchStatusSchema.parse(record);
