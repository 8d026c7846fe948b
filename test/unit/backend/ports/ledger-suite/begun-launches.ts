import { expect, it } from 'vitest';
import type { LaunchFacts } from '../../../../../src/backend/ports/ledger.ts';
import { agentId, customerId, launchId, NOW, organizationId, targetAppId } from '../../fixtures.ts';
import { facts, type LedgerUnderTest, RIVAL } from './ledger-under-test.ts';

/** How launches begin: each id once, and in the place of which others. */
export const begunLaunchesSuite = (tried: LedgerUnderTest): void => {
  it('records an intent', async () => {
    expect(await tried.requested()).toBe('recorded');
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      id: tried.id,
      agentId: 'auth0|agent',
      customerId: 'auth0|nora',
      customerName: 'Nora',
      state: 'requested',
    });
  });

  it('keeps what was decided, and by which rules, with the launch', async () => {
    const decision = {
      grant: { mode: 'full', minutes: 8 },
      policies: ['agents'],
      policyHash: (await tried.ledger.policyInForce()) ?? 'a-version',
    } as const;
    await tried.ledger.claim({
      type: 'launch_requested',
      launch: facts(tried.id),
      rival: RIVAL,
      decision,
    });
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject(decision);
    await tried.issued();
    const listed = await tried.ledger.listLaunches({
      agentId: agentId('auth0|agent'),
      activeAt: NOW,
    });
    expect(listed.find((launch) => launch.id === tried.id)).toMatchObject(decision);
  });

  it('takes a launch id once, whatever row comes first', async () => {
    await tried.ledger.claim({
      type: 'launch_refused',
      launch: facts(tried.id),
      code: 'reason_required',
    });
    const rows = await tried.countRows();
    expect(await tried.requested()).toBe('already_requested');
    expect(await tried.countRows()).toBe(rows);
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'refused',
      code: 'reason_required',
    });
  });

  it('takes a launch id once for all agents', async () => {
    await tried.requested();
    const launch = facts(tried.id, { agentId: agentId('auth0|other') });
    expect(await tried.ledger.claim({ type: 'launch_requested', launch, rival: RIVAL })).toBe(
      'already_requested',
    );
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch.agentId).toBe('auth0|agent');
  });

  it('takes a launch id once among many that ask at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, tried.requested));
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1);
  });

  it('ends the open launch that a new one could not be told from, in the same step', async () => {
    await tried.requested();
    await tried.issued();
    const next = facts(crypto.randomUUID());
    await tried.ledger.claim({ type: 'launch_requested', launch: next, rival: RIVAL });
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'ended',
      cause: 'replaced',
      endedAt: '2026-03-01T12:00:00.000Z',
      lookDueUntil: '2999-01-01T00:00:00.000Z',
    });
    expect((await tried.ledger.findLaunch(next.launchId))?.launch.state).toBe('requested');
  });

  it('interrupts a launch whose token is being asked for when a new one takes its place', async () => {
    await tried.requested();
    const launch = facts(crypto.randomUUID());
    await tried.ledger.claim({ type: 'launch_requested', launch, rival: RIVAL });
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch.state).toBe('interrupted');
    expect(await tried.issued()).toBe('wrong_state');
  });

  it.each<[string, Partial<LaunchFacts>]>([
    ['agent', { agentId: agentId('auth0|other') }],
    ['customer', { customerId: customerId('auth0|uma') }],
    ['app', { targetAppId: targetAppId('desk') }],
    ['organization', { organizationId: organizationId('org_1') }],
    ['address', { agentIp: '198.51.100.1' }],
  ])('leaves an open launch alone when a new one differs in its %s', async (_name, changes) => {
    await tried.requested();
    await tried.issued();
    const launch = facts(crypto.randomUUID(), changes);
    await tried.ledger.claim({ type: 'launch_requested', launch, rival: RIVAL });
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch.state).toBe('issued');
  });

  it('ends nothing for a launch that is refused, or whose id is taken', async () => {
    await tried.requested();
    await tried.issued();
    const refused = facts(crypto.randomUUID());
    await tried.ledger.claim({ type: 'launch_refused', launch: refused, code: 'reason_required' });
    expect(await tried.requested()).toBe('already_requested');
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch.state).toBe('issued');
  });

  it('does not know a launch that was never asked for', async () => {
    expect(await tried.ledger.findLaunch(launchId(tried.id))).toBeUndefined();
  });

  it('holds text that breaks naive storage', async () => {
    const customerName = 'a\u0000b\ud800c\u202ed<script>\'";--\u{1f600}';
    const launch = facts(tried.id, { customerName, reason: '\u0000' });
    expect(await tried.ledger.claim({ type: 'launch_requested', launch, rival: RIVAL })).toBe(
      'recorded',
    );
  });
};
