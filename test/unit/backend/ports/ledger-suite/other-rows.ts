import { expect, it } from 'vitest';
import { agentId, targetAppId } from '../../fixtures.ts';
import { facts, type LedgerUnderTest, RIVAL } from './ledger-under-test.ts';

/** What belongs to no single launch. The rules come last: from then on a ledger of other tests has some. */
export const otherRowsSuite = (tried: LedgerUnderTest): void => {
  it('records that an agent opened an app as themselves', async () => {
    const rows = await tried.countRows();
    await tried.ledger.record({
      type: 'own_session',
      agentId: agentId('auth0|agent'),
      agentIp: '203.0.113.7',
      targetAppId: targetAppId('shop'),
      requestId: 'r-4',
    });
    expect(await tried.countRows()).toBe(rows + 1);
  });

  it('records a refusal that belongs to no launch', async () => {
    const rows = await tried.countRows();
    await tried.ledger.record({
      type: 'request_refused',
      agentId: agentId('auth0|trainee'),
      agentIp: '203.0.113.7',
      code: 'permission_denied',
      requestId: 'r-3',
    });
    expect(await tried.countRows()).toBe(rows + 1);
  });

  it('gives a duty to one process, which can keep it', async () => {
    expect(await tried.ledger.holdDuty('follow_log', 60_000)).toBe(true);
    expect(await tried.ledger.holdDuty('follow_log', 60_000)).toBe(true);
  });

  it('has one version of the rules in force, and begins no launch by another one', async () => {
    const [first, second] = [`first-${tried.id}`, `second-${tried.id}`];
    const claimBy = (policyHash: string) =>
      tried.ledger.claim({
        type: 'launch_requested',
        launch: facts(crypto.randomUUID()),
        rival: RIVAL,
        decision: { policyHash },
      });
    expect(await tried.ledger.claimPolicy(first, false)).toBe(true);
    expect(await claimBy(first)).toBe('recorded');
    expect(await tried.ledger.claimPolicy(second, false)).toBe(true);
    expect(await tried.ledger.policyInForce()).toBe(second);
    expect(await claimBy(first)).toBe('policy_behind');
    expect(await claimBy(second)).toBe('recorded');
    // A replica that starts with the old version is behind; somebody who changes back is not.
    expect(await tried.ledger.claimPolicy(first, false)).toBe(false);
    expect(await tried.ledger.claimPolicy(first, true)).toBe(true);
    expect(await claimBy(second)).toBe('policy_behind');
  });
};
