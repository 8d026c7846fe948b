import * as z from 'zod/mini';
import { tenantSessionSchema } from '../../../contract/launch.ts';
import {
  confirmedBySchema,
  endCauseSchema,
  landedBySchema,
} from '../../../contract/launch-state.ts';
import {
  diagnosisReportSchema,
  endingStepSchema,
  endVerdictSchema,
  launchFactsSchema,
  launchStepSchema,
} from '../../messages/launch/launch-status.ts';
import { problemReportSchema } from '../../messages/wire/problem-schema.ts';

/** What is kept of a launch in every state. Never the token. */
const baseSchema = z.extend(launchFactsSchema, {
  /** Absent for a session of another browser or profile. */
  cookieStore: z.optional(z.string()),
  tabId: z.optional(z.number()),
  /** When the tab was opened, in milliseconds. */
  openedAt: z.optional(z.number()),
  sessionEndsAt: z.optional(z.iso.datetime()),
  /** Until then the backend searches the tenant's log for a session of this launch. */
  lookDueUntil: z.optional(z.iso.datetime()),
  tenantSession: z.optional(tenantSessionSchema),
  /** The browser was restarted since, and nobody has seen the session again. */
  restored: z.optional(z.literal(true)),
  /** The agent made the banner small; it stays so on the next page. */
  bannerFolded: z.optional(z.boolean()),
  /** The agent has seen how it went. */
  dismissed: z.boolean(),
});

/** What is kept while a session is being ended, so that another worker can go on with it. */
const endableSchema = z.extend(baseSchema, {
  ending: z.optional(endingStepSchema),
  cause: z.optional(endCauseSchema),
});

const launchingSchema = z.extend(baseSchema, { step: launchStepSchema });
const unsuccessfulSchema = z.extend(baseSchema, { problem: problemReportSchema });

/** A launch as it is kept, by its state: a fact that a state does not have is dropped on the way into it. */
export const launchRecordSchema = z.discriminatedUnion('state', [
  z.extend(launchingSchema, { state: z.literal('requested') }),
  z.extend(launchingSchema, { state: z.literal('issued') }),
  z.extend(endableSchema, { state: z.literal('opened') }),
  z.extend(endableSchema, { state: z.literal('landed'), landedBy: landedBySchema }),
  z.extend(endableSchema, { state: z.literal('unconfirmed') }),
  z.extend(endableSchema, {
    state: z.literal('confirmed'),
    confirmedBy: z.optional(confirmedBySchema),
  }),
  z.extend(endableSchema, {
    state: z.literal('not_landed'),
    diagnosis: z.optional(diagnosisReportSchema),
    problem: z.optional(problemReportSchema),
  }),
  z.extend(endableSchema, {
    state: z.literal('interrupted'),
    problem: z.optional(problemReportSchema),
  }),
  z.extend(unsuccessfulSchema, { state: z.literal('refused') }),
  z.extend(unsuccessfulSchema, { state: z.literal('failed') }),
  z.extend(baseSchema, {
    state: z.literal('ended'),
    cause: z.optional(endCauseSchema),
    verdict: z.optional(endVerdictSchema),
    /** In milliseconds; absent for an end in another browser. */
    endedAt: z.optional(z.number()),
  }),
]);
export type LaunchRecord = z.infer<typeof launchRecordSchema>;

type FactsOf<Record> = Record extends LaunchRecord ? Omit<Record, 'state'> : never;
type KeysOf<Record> = Record extends unknown ? keyof Record : never;
type ValueOf<Record, Key> = Record extends unknown
  ? Key extends keyof Record
    ? Record[Key]
    : never
  : never;

/** Everything that can be known of a launch, whichever state it is in. */
export type LaunchFacts = {
  readonly [Key in KeysOf<FactsOf<LaunchRecord>>]?: ValueOf<LaunchRecord, Key> | undefined;
};

/** What may change without an event: how far something is, and what was learned besides. */
export type NotedFacts = Omit<LaunchFacts, 'id' | 'customerId' | 'targetAppId' | 'requestedAt'>;

/** A launch that was just asked for. */
export type RequestedLaunch = Extract<LaunchRecord, { state: 'requested' }>;

/** How far the end of a session is, if one is under way. */
export const endingOf = (record: LaunchRecord) => ('ending' in record ? record.ending : undefined);

/** Why a session ended, or is being ended. */
export const causeOf = (record: LaunchRecord) => ('cause' in record ? record.cause : undefined);

/** Why a launch did not work, if that is known. */
export const problemOf = (record: LaunchRecord) =>
  'problem' in record ? record.problem : undefined;
