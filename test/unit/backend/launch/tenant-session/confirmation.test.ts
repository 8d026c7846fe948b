import { describe, expect, it } from 'vitest';
import type { TenantLogEntry } from '../../../../../src/backend/ports/tenant.ts';
import { agentId, customerId, NOW, organizationId, targetAppId } from '../../fixtures.ts';
import { CALLER } from '../launch-fixture.ts';
import { createSessionFixture } from './session-fixture.ts';

describe('a launch is confirmed', () => {
  it('by agent, customer, app, address and time where the log has no more of the actor than its sub', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.report(id, 'opened');
    world.pass(3);
    world.redeem('session-1');
    await world.follow();
    expect(await world.deps.ledger.findLaunch(id)).toMatchObject({
      sessionId: 'session-1',
      launch: {
        state: 'confirmed',
        confirmedBy: 'match',
        // Counted from the issue, as the agent was told, not from the redemption.
        sessionEndsAt: '2026-03-01T14:00:00.000Z',
      },
    });
  });

  it('by the actor in the log where that names the launch', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1', { actor: { sub: agentId('auth0|agent'), launch: id } });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed', confirmedBy: 'actor' });
  });

  it('by what our Action wrote into the session, where the plan has it', async () => {
    const world = createSessionFixture({ sessionMetadata: true });
    const id = await world.launch();
    world.redeem('session-1');
    world.sessions.set('session-1', { launchId: id });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ confirmedBy: 'session_metadata' });
  });

  it('even when nobody reported that it was opened', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('when the log is as late as it may be', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.follow();
    world.redeem('session-1');
    world.pass(359);
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('whichever way an IPv6 address is written', async () => {
    const world = createSessionFixture();
    const id = await world.launch({}, { ...CALLER, agentIp: '2001:db8::1' });
    world.redeem('session-1', { ip: '2001:0db8:0000:0000:0000:0000:0000:0001' });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('by an entry without a session id, and takes the id from the entry after it', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1', { sessionId: undefined as never });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
    world.pass(1);
    world.redeem('session-1', { type: 'sdelsa' });
    await world.follow();
    expect(await world.deps.ledger.findLaunch(id)).toMatchObject({ sessionId: 'session-1' });
  });
});

describe('a launch is not confirmed', () => {
  it.each<[string, Partial<TenantLogEntry>]>([
    ['another agent', { actor: { sub: agentId('auth0|other') } }],
    ['nobody who acts', { actor: {} }],
    ['another customer', { customerId: customerId('auth0|uma') }],
    ['another app', { clientId: targetAppId('desk') }],
    ['an organization', { organizationId: organizationId('org_1') }],
    ['another address', { ip: '198.51.100.1' }],
    ['a time before its token', { at: new Date(NOW.getTime() - 31_000) }],
    ['a time after its token', { at: new Date(NOW.getTime() + 91_000) }],
    ['a login that is not delegated', { type: 's' }],
  ])('by an entry of %s', async (_name, entry) => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1', entry);
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'issued' });
    expect(await world.stateOf(id)).not.toMatchObject({ ambiguous: true });
  });

  it('by an entry whose actor names a launch that it does not know', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    const other = '3f0f6f0c-6d53-4a0e-9f5e-999999999999' as never;
    world.redeem('session-1', { actor: { sub: agentId('auth0|agent'), launch: other } });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'issued' });
  });

  it('by the session that confirmed another one', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    world.redeem('session-1');
    await world.follow();
    const second = await world.launch();
    await world.follow();
    expect(await world.stateOf(first)).toMatchObject({ state: 'ended', cause: 'replaced' });
    expect(await world.stateOf(second)).toMatchObject({ state: 'issued' });
  });

  it('within the time in which the log may be late, and is unconfirmed then', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.report(id, 'opened');
    world.pass(359);
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'opened' });
    world.pass(1);
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'unconfirmed' });
  });
});

describe('sessions and launches that do not go together one to one', () => {
  it('leave a retry and the attempt before it ambiguous, and delete nothing', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    await world.report(first, 'not_landed');
    world.pass(5);
    const second = await world.launch();
    world.pass(2);
    world.redeem('session-1');
    await world.follow();
    expect(await world.stateOf(first)).toMatchObject({ state: 'not_landed', ambiguous: true });
    expect(await world.stateOf(second)).toMatchObject({ state: 'issued', ambiguous: true });
    expect(world.end).not.toHaveBeenCalled();
  });

  it('are told apart by a correlation id among launches that fit', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    await world.report(first, 'not_landed');
    const second = await world.launch();
    world.redeem('session-1', { correlationId: second });
    await world.follow();
    expect(await world.stateOf(second)).toMatchObject({
      state: 'confirmed',
      confirmedBy: 'correlated',
    });
    expect(await world.stateOf(first)).toMatchObject({ state: 'not_landed' });
  });

  it('are not brought together by a correlation id alone', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1', { correlationId: id, customerId: customerId('auth0|uma') });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'issued' });
  });

  it('leave a launch ambiguous that two sessions fit', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    world.redeem('session-2');
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'issued', ambiguous: true });
  });

  it('have one row each, however often the log shows them', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    await world.report(first, 'not_landed');
    const second = await world.launch();
    world.redeem('session-1');
    await world.follow();
    await world.follow();
    const found = world.rowsOf(second).filter(({ type }) => type === 'session_found');
    expect(found).toMatchObject([{ sessionId: 'session-1', ambiguous: true }]);
  });

  it.each([
    ['the log was read', true],
    ['the second one ended', false],
  ])(
    'are recorded, so that a later launch is not ambiguous too, when %s',
    async (_when, isRead) => {
      const world = createSessionFixture();
      await world.report(await world.launch(), 'not_landed');
      const second = await world.launch();
      world.redeem('session-1');
      if (isRead) {
        await world.follow();
      }
      await world.finish(second);
      expect(world.end.mock.calls).toEqual([['session-1']]);
      world.pass(10);
      const later = await world.launch();
      await world.report(later, 'not_landed');
      await world.follow();
      expect(await world.stateOf(later)).not.toHaveProperty('ambiguous');
    },
  );
});
