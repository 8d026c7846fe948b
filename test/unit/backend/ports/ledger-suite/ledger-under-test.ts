import { beforeEach } from 'vitest';
import type { LaunchFacts, Ledger } from '../../../../../src/backend/ports/ledger.ts';
import { agentId, customerId, launchId, NOW, targetAppId } from '../../fixtures.ts';

/** A launch of one agent for one customer in one app. */
export const facts = (id: string, changes: Partial<LaunchFacts> = {}): LaunchFacts => ({
  launchId: launchId(id),
  agentId: agentId('auth0|agent'),
  agentIp: '203.0.113.7',
  customerId: customerId('auth0|nora'),
  customerName: 'Nora',
  targetAppId: targetAppId('shop'),
  requestId: 'r-1',
  ...changes,
});

export const LATER = new Date('2999-01-01T00:00:00Z');
export const WINDOW = { redeemableUntil: LATER, lookDueUntil: LATER };
export const RIVAL = { endedAt: NOW, ...WINDOW };

/** What the tests of a ledger work with: anew for each of them, but the rows that others wrote stay. */
export type LedgerUnderTest = {
  readonly ledger: Ledger;
  /** Of a launch that does not exist yet. */
  readonly id: string;
  /** Begins the launch. */
  readonly requested: () => ReturnType<Ledger['claim']>;
  /** Records that the launch got its token. */
  readonly issued: () => ReturnType<Ledger['advance']>;
  readonly countRows: () => Promise<number>;
};

/** Opens the ledger before each test of the `describe` that it is called in. */
export const ledgerUnderTest = (open: () => Promise<Ledger>): LedgerUnderTest => {
  let ledger: Ledger;
  let id: string;
  beforeEach(async () => {
    ledger = await open();
    id = crypto.randomUUID();
  });
  return {
    get ledger() {
      return ledger;
    },
    get id() {
      return id;
    },
    requested: () => ledger.claim({ type: 'launch_requested', launch: facts(id), rival: RIVAL }),
    issued: () =>
      ledger.advance({
        type: 'launch_issued',
        launchId: launchId(id),
        requestId: 'r-1',
        tokenSha256Prefix: '0123456789abcdef',
        sessionEndsAt: LATER,
        ...WINDOW,
      }),
    countRows: async () => {
      let count = 0;
      for await (const _row of ledger.rows()) {
        count += 1;
      }
      return count;
    },
  };
};
