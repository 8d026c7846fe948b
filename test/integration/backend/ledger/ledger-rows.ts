import type {
  LaunchClaim,
  LaunchFacts,
  LaunchProgress,
} from '../../../../src/backend/ports/ledger.ts';
import type { LaunchId } from '../../../../src/contract/ids.ts';
import { agentId, customerId, launchId, targetAppId } from '../../../unit/backend/fixtures.ts';

const LATER = new Date('2999-01-01T00:00:00Z');
const WINDOW = { redeemableUntil: LATER, lookDueUntil: LATER };

/** The intent of a launch as a customer of its own, unless one is named. */
export const claimRow = (
  changes: { readonly customerId?: string; readonly reason?: string } = {},
): Extract<LaunchClaim, { type: 'launch_requested' }> => {
  const launch: LaunchFacts = {
    launchId: launchId(crypto.randomUUID()),
    agentId: agentId('auth0|agent'),
    agentIp: '203.0.113.7',
    customerId: customerId(changes.customerId ?? `auth0|${crypto.randomUUID()}`),
    customerName: 'Nora Lindqvist',
    customerEmail: 'nora@customers.example',
    reason: changes.reason ?? 'Cannot see the invoice',
    targetAppId: targetAppId('shop'),
    requestId: 'r-1',
  };
  return { type: 'launch_requested', launch, rival: { endedAt: LATER, ...WINDOW } };
};

/** The token of a launch. */
export const issuedRow = (id: LaunchId): LaunchProgress => ({
  type: 'launch_issued',
  launchId: id,
  requestId: 'r-2',
  tokenSha256Prefix: '0123456789abcdef',
  sessionEndsAt: new Date('2998-03-01T14:00:00.123Z'),
  ...WINDOW,
});

/** Does a task that often, so many at a time: where more wait for a slow disk, the ledger refuses some. */
export const atATime = async <T>(
  lanes: number,
  count: number,
  task: (index: number) => Promise<T>,
): Promise<readonly T[]> => {
  const outcomes: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      outcomes[index] = await task(index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
};
