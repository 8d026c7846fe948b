import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchFacts, Ledger } from '../../../../src/backend/ports/ledger.ts';
import { agentId, customerId, launchId, targetAppId } from '../../../unit/backend/fixtures.ts';

/** A folder that a new ledger can be made in. */
export const newFolder = () => join(mkdtempSync(join(tmpdir(), 'understudy-ledger-')), 'data');

/** A launch of a customer of its own. */
export const facts = (): LaunchFacts => ({
  launchId: launchId(crypto.randomUUID()),
  agentId: agentId('auth0|agent'),
  agentIp: '203.0.113.7',
  customerId: customerId(`auth0|${crypto.randomUUID()}`),
  customerName: 'Nora Lindqvist',
  customerEmail: 'nora@customers.example',
  reason: 'Cannot see the invoice',
  targetAppId: targetAppId('shop'),
  requestId: 'r-1',
});

/** A time that no test reaches. */
export const LATER = new Date('2999-01-01T00:00:00Z');

/** How long another launch of the same customer counts: it is not over. */
export const rival = { endedAt: LATER, redeemableUntil: LATER, lookDueUntil: LATER };

/** Begins a launch that no other one is in the way of. */
export const request = (ledger: Ledger) =>
  ledger.claim({ type: 'launch_requested', launch: facts(), rival });
