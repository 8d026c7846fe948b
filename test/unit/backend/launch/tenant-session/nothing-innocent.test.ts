import { describe, expect, it } from 'vitest';
import { agentId, CUSTOMER, organizationId } from '../../fixtures.ts';
import { CALLER } from '../launch-fixture.ts';
import { createSessionFixture } from './session-fixture.ts';

describe('nothing innocent is deleted:', () => {
  it("the customer's own session from the same address and app, which has no actor", async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('own', { type: 's', actor: {} });
    await world.finish(id);
    await world.follow();
    expect(world.look).not.toHaveBeenCalled();
    expect(world.end).not.toHaveBeenCalled();
  });

  it.each([
    ['has no actor', { customerId: CUSTOMER.id }],
    ['has another actor', { customerId: CUSTOMER.id, agentId: agentId('auth0|other') }],
    ['is of another customer', { agentId: CALLER.agent.id }],
  ])('a session that the log ascribes to the launch but that %s', async (_name, session) => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.finish(id);
    world.redeem('session-1');
    world.sessions.set('session-1', session as never);
    await world.follow();
    await world.follow();
    expect(world.end).not.toHaveBeenCalled();
    expect(world.rowsOf(id).at(-1)).toMatchObject({
      type: 'session_found',
      tenantSession: 'unknown',
    });
  });

  it('a retry five seconds after a failure', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    await world.report(first, 'not_landed');
    world.pass(5);
    const second = await world.launch();
    world.redeem('session-2');
    await world.follow();
    await world.finish(first);
    await world.follow();
    expect(world.end).not.toHaveBeenCalled();
    await world.finish(second);
    expect(world.end.mock.calls).toEqual([['session-2']]);
  });

  it('another session of the same agent, when one of two launches ends', async () => {
    const world = createSessionFixture();
    const a = await world.launch();
    world.redeem('session-a');
    await world.follow();
    const elsewhere = { ...CALLER, agentIp: '198.51.100.1' };
    await world.launch({}, elsewhere);
    world.redeem('session-b', { ip: '198.51.100.1' });
    await world.follow();
    await world.finish(a);
    await world.follow();
    expect(world.end.mock.calls).toEqual([['session-a']]);
  });

  it('a session that was recorded for another launch', async () => {
    const world = createSessionFixture();
    const other = await world.launch({ customerId: CUSTOMER.id });
    world.redeem('session-1');
    await world.follow();
    expect(await world.stateOf(other)).toMatchObject({ state: 'confirmed' });
    const second = await world.launch({ organizationId: organizationId('org_1') });
    await world.finish(second);
    await world.follow();
    expect(world.end).not.toHaveBeenCalled();
  });
});
