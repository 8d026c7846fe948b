import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/** @see migrations/ for triggers and constraints, which drizzle does not express. */
export const ledgerTable = pgTable('ledger', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  hashVersion: integer('hash_version').notNull(),
  recordedAt: text('recorded_at').notNull(),
  content: text('content').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
});

export type PersonalValue = {
  readonly field: string;
  readonly salt: string;
  readonly value: string;
};

export const personalTable = pgTable('ledger_personal', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  fields: jsonb('fields').$type<readonly PersonalValue[]>().notNull(),
});

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const launchesTable = pgTable('launches', {
  id: uuid('id').primaryKey(),
  firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  agentId: text('agent_id').notNull(),
  state: text('state').notNull(),
  targetAppId: text('target_app_id').notNull(),
  organizationId: text('organization_id'),
  requestedAt: instant('requested_at').notNull(),
  issuedAt: instant('issued_at'),
  sessionId: text('session_id'),
  sessionEndsAt: instant('session_ends_at'),
  endedAt: instant('ended_at'),
  cause: text('cause'),
  code: text('code'),
  landedBy: text('landed_by'),
  confirmedBy: text('confirmed_by'),
  ambiguous: boolean('ambiguous'),
  lookDueUntil: instant('look_due_until'),
  redeemableUntil: instant('redeemable_until'),
  tenantSession: text('tenant_session'),
  lastSeq: bigint('last_seq', { mode: 'number' }),
});
