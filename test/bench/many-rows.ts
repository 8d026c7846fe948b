import { createHash } from 'node:crypto';
import { GENESIS_HASH, hashRow } from '../../src/backend/adapters/ledger/rows/hash-chain.ts';
import {
  claimEntry,
  type LedgerEntry,
  progressEntry,
} from '../../src/backend/adapters/ledger/rows/ledger-entry.ts';
import {
  agentIdSchema,
  customerIdSchema,
  type LaunchId,
  launchIdSchema,
  targetAppIdSchema,
} from '../../src/contract/ids.ts';
import type { LedgerRow } from '../../src/contract/ledger.ts';

/** Each launch is requested, issued, confirmed and ended. */
const ROWS_OF_A_LAUNCH = 4;
const LAUNCHES_OF_A_CUSTOMER = 25;
const SECONDS_BETWEEN_LAUNCHES = 30;
const FIRST = Date.parse('2024-01-01T00:00:00Z');

/** The customer whose launches are looked for: one of many, spread over the whole ledger. */
export const MEASURED_CUSTOMER = customerIdSchema.parse('auth0|customer-7');

/** A launch id that looks like any other, and is the same at each run. */
const idOf = (launch: number): LaunchId => {
  const hex = createHash('sha256').update(String(launch)).digest('hex');
  return launchIdSchema.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
};

const entriesOf = (launch: number, customers: number, at: Date): readonly LedgerEntry[] => {
  const launchId = idOf(launch);
  const step = { launchId, requestId: `r-${launch}` };
  const agentId = agentIdSchema.parse(`auth0|agent-${launch % 60}`);
  const later = new Date(at.getTime() + 3_600_000);
  const window = { redeemableUntil: at, lookDueUntil: at };
  return [
    claimEntry({
      type: 'launch_requested',
      launch: {
        ...step,
        agentId,
        agentIp: '203.0.113.7',
        customerId: customerIdSchema.parse(`auth0|customer-${launch % customers}`),
        customerName: 'Nora Lindqvist',
        customerEmail: 'nora@customers.example',
        targetAppId: targetAppIdSchema.parse('shop'),
        reason: 'Cannot see the invoice',
      },
      rival: { endedAt: at, ...window },
    }),
    progressEntry({
      ...step,
      type: 'launch_issued',
      tokenSha256Prefix: '0123456789abcdef',
      sessionEndsAt: later,
      ...window,
    }),
    progressEntry({
      ...step,
      type: 'launch_confirmed',
      confirmedBy: 'actor',
      sessionId: `session-${launch}`,
      sessionEndsAt: later,
      lookOver: true,
    }),
    progressEntry({
      ...step,
      type: 'launch_ended',
      occurredAt: at,
      cause: 'agent',
      endedBy: agentId,
      verifiedBy: 'tenant',
      tenantSession: 'gone',
      lookOver: true,
    }),
  ];
};

/** The rows of a ledger of that size, chained as the database chains them, one after the other. */
export const manyRows = async function* (count: number): AsyncGenerator<LedgerRow> {
  const launches = Math.ceil(count / ROWS_OF_A_LAUNCH);
  const customers = Math.ceil(launches / LAUNCHES_OF_A_CUSTOMER);
  let seq = 0;
  let previousHash = GENESIS_HASH;
  for (let launch = 0; launch < launches; launch += 1) {
    const at = new Date(FIRST + launch * SECONDS_BETWEEN_LAUNCHES * 1000);
    for (const { content, personal } of entriesOf(launch, customers, at)) {
      seq += 1;
      const recordedAt = at.toISOString().replace('Z', '000Z');
      const row = { hashVersion: 2, seq, recordedAt, previousHash, content };
      const hash = hashRow(row);
      yield { ...row, hash, personal: [...personal] };
      previousHash = hash;
    }
  }
};
