import {
  claimEntry,
  progressEntry,
} from '../../../../src/backend/adapters/ledger/rows/ledger-entry.ts';
import { recordedFacts } from '../../../../src/backend/policy/recorded-facts.ts';
import type { DecisionRecord, LaunchFacts } from '../../../../src/backend/ports/ledger.ts';
import type { LedgerRow } from '../../../../src/contract/ledger.ts';
import { AGENT, APP, CUSTOMER, FACTS, launchId } from '../fixtures.ts';

/** The id of the launch with a number. */
export const idOf = (number: number) =>
  launchId(`3f0f6f0c-6d53-4a0e-9f5e-${String(number).padStart(12, '0')}`);

const rowOf = (at: string, { content, personal }: ReturnType<typeof claimEntry>): LedgerRow => ({
  seq: 1,
  hashVersion: 2,
  recordedAt: at,
  content,
  previousHash: '0'.repeat(64),
  hash: '0'.repeat(64),
  personal: [...personal],
});

/** The row that begins a launch of half an hour, as the backend writes it. */
export const requestedRow = (
  number: number,
  at: string,
  launch: Partial<LaunchFacts> = {},
  decision: DecisionRecord = {
    grant: { mode: 'full', minutes: 30 },
    policies: ['everybody'],
    policyHash: 'then',
    policyFacts: recordedFacts(FACTS),
  },
): LedgerRow =>
  rowOf(
    at,
    claimEntry({
      type: 'launch_requested',
      launch: {
        launchId: idOf(number),
        agentId: AGENT.id,
        agentIp: '203.0.113.7',
        customerId: CUSTOMER.id,
        targetAppId: APP.id,
        requestId: 'r-1',
        reason: 'Invoice 12',
        ...launch,
      },
      rival: {
        endedAt: new Date(at),
        redeemableUntil: new Date(at),
        lookDueUntil: new Date(at),
      },
      decision,
    }),
  );

/** The row that says that a launch was issued. */
export const issuedRowOf = (number: number, at: string, sessionEndsAt: string): LedgerRow =>
  rowOf(
    at,
    progressEntry({
      type: 'launch_issued',
      launchId: idOf(number),
      requestId: 'r-1',
      tokenSha256Prefix: '0123456789abcdef',
      sessionEndsAt: new Date(sessionEndsAt),
      redeemableUntil: new Date(at),
      lookDueUntil: new Date(at),
    }),
  );

/** The row that says that a launch was ended. */
export const endedRowOf = (number: number, at: string): LedgerRow =>
  rowOf(
    at,
    progressEntry({
      type: 'launch_ended',
      launchId: idOf(number),
      requestId: 'r-1',
      occurredAt: new Date(at),
      cause: 'agent',
      verifiedBy: 'tenant',
    }),
  );

/** A row as it is after these fields were erased. */
export const erased = (row: LedgerRow, ...fields: readonly string[]): LedgerRow => ({
  ...row,
  personal: row.personal.filter(({ field }) => !fields.includes(field)),
});
