import { describe, expect, it } from 'vitest';
import {
  TenantBusyError,
  TenantUnavailableError,
} from '../../../../../src/backend/ports/tenant-errors.ts';
import { agentId } from '../../fixtures.ts';
import { CALLER } from '../launch-fixture.ts';
import { createSessionFixture, SUPERVISOR } from './session-fixture.ts';

type World = ReturnType<typeof createSessionFixture>;

describe('an end ends, although', () => {
  it.each<[string, (world: World) => Promise<string>]>([
    [
      'the token was redeemed and nothing was reported',
      async (world) => {
        const id = await world.launch();
        world.redeem('session-1');
        await world.finish(id);
        return id;
      },
    ],
    [
      'the token is redeemed after the end',
      async (world) => {
        const id = await world.launch();
        await world.finish(id);
        world.pass(10);
        world.redeem('session-1');
        return id;
      },
    ],
    [
      'the extension reports the end and the token is redeemed then',
      async (world) => {
        const id = await world.launch();
        await world.report(id, 'ended');
        world.pass(10);
        world.redeem('session-1');
        return id;
      },
    ],
    [
      'a supervisor ends it while the log is late',
      async (world) => {
        const id = await world.launch();
        await world.finish(id, SUPERVISOR);
        world.pass(200);
        world.redeem('session-1', { at: new Date('2026-03-01T12:00:03Z') });
        return id;
      },
    ],
    [
      'the extension reports that it did not land',
      async (world) => {
        const id = await world.launch();
        await world.report(id, 'not_landed');
        world.redeem('session-1');
        return id;
      },
    ],
    [
      'the tenant gave no answer to the exchange',
      async (world) => {
        world.askTenant.mockRejectedValueOnce(new TenantUnavailableError('down'));
        const id = await world.launch();
        world.redeem('session-1');
        return id;
      },
    ],
    [
      'it was given up while the tenant was asked for its token',
      async (world) => {
        world.askTenant.mockImplementationOnce(async (request) => {
          await world.report(request.launchId, 'not_landed');
          return { token: 'secret-token', expiresInSeconds: 60 };
        });
        const id = await world.launch();
        world.redeem('session-1');
        return id;
      },
    ],
    [
      'the extension reports the end of a confirmed session that still lives',
      async (world) => {
        const id = await world.launch();
        world.redeem('session-1');
        await world.follow();
        await world.report(id, 'ended');
        return id;
      },
    ],
    [
      'a launch took its place',
      async (world) => {
        const id = await world.launch();
        world.redeem('session-1');
        await world.follow();
        await world.launch();
        return id;
      },
    ],
  ])('%s', async (_name, happen) => {
    const world = createSessionFixture();
    const id = await happen(world);
    await world.follow();
    expect(world.end.mock.calls).toEqual([['session-1']]);
    expect(world.sessions.size).toBe(0);
    const found = world.rowsOf(id as never).filter((row) => 'tenantSession' in row);
    expect(found.at(-1)).toMatchObject({ sessionId: 'session-1', tenantSession: 'gone' });
  });
});

describe('a launch that did not land', () => {
  it('says what became of the session that the log showed after all, and how long the app may go on', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.report(id, 'not_landed');
    expect(await world.stateOf(id)).not.toHaveProperty('tenantSession');
    world.redeem('session-1');
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({
      state: 'not_landed',
      tenantSession: 'gone',
      sessionEndsAt: '2026-03-01T14:00:00.000Z',
    });
  });
});

describe('ending a launch', () => {
  it('deletes a session that only the log knows, and says that the tenant verified it', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    expect(await world.finish(id)).toMatchObject({
      tenantSession: 'gone',
      launch: { state: 'ended', cause: 'agent' },
    });
    expect(world.rowsOf(id).at(-1)).toMatchObject({
      type: 'launch_ended',
      endedBy: 'auth0|agent',
      verifiedBy: 'tenant',
    });
  });

  it('is pending while its session can still appear, and stays listed until then', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    expect(await world.finish(id)).toMatchObject({ tenantSession: 'pending' });
    const listed = () => world.deps.ledger.listLaunches({ activeAt: world.deps.clock() });
    world.pass(359);
    expect(await listed()).toMatchObject([{ id, state: 'ended' }]);
    world.pass(1);
    expect(await listed()).toEqual([]);
  });

  it('is unknown when no session appeared in time', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.pass(400);
    expect(await world.finish(id)).toMatchObject({ tenantSession: 'unknown' });
    expect(world.rowsOf(id).at(-1)).toMatchObject({ verifiedBy: 'nobody' });
  });

  it('of somebody else names whoever held the permission', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    expect(await world.finish(id, SUPERVISOR)).toMatchObject({
      launch: { cause: 'supervisor', agentId: 'auth0|agent' },
    });
    expect(world.rowsOf(id).at(-1)).toMatchObject({
      endedBy: 'auth0|supervisor',
      cause: 'supervisor',
    });
  });

  it('of somebody else without the permission is refused, and that is recorded', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    const agent = { ...CALLER.agent, id: agentId('auth0|other') };
    expect(await world.finish(id, { ...CALLER, agent })).toMatchObject({
      code: 'launch_not_found',
    });
    expect(world.search).not.toHaveBeenCalled();
    expect(world.entries.at(-1)).toMatchObject({ type: 'request_refused' });
  });

  it('twice has one row, and asks the tenant once', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    await world.finish(id);
    const rows = world.rowsOf(id).length;
    expect(await world.finish(id)).toMatchObject({ tenantSession: 'gone' });
    expect(world.rowsOf(id)).toHaveLength(rows);
    expect(world.end).toHaveBeenCalledTimes(1);
  });

  it('is recorded when the tenant does not answer, and done when it answers again', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    await world.follow();
    world.look.mockRejectedValueOnce(new TenantUnavailableError('down'));
    expect(await world.finish(id)).toMatchObject({
      tenantSession: 'pending',
      launch: { state: 'ended' },
    });
    await world.follow();
    expect(world.sessions.size).toBe(0);
  });

  it('goes on until a slow deletion is done', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    world.end.mockResolvedValueOnce('still_there');
    expect(await world.finish(id)).toMatchObject({ tenantSession: 'still_there' });
    await world.follow();
    expect(world.sessions.size).toBe(0);
    expect(world.rowsOf(id).at(-1)).toMatchObject({ tenantSession: 'gone' });
  });

  it('says so where the plan has no sessions to delete', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    world.look.mockResolvedValue('not_in_plan');
    expect(await world.finish(id)).toMatchObject({ tenantSession: 'not_in_plan' });
    expect(world.end).not.toHaveBeenCalled();
  });
});

it('a session whose deletion failed is deleted on the next look', async () => {
  const world = createSessionFixture();
  const id = await world.launch();
  await world.finish(id);
  world.redeem('session-1');
  world.end.mockRejectedValueOnce(new TenantBusyError('429'));
  await world.follow();
  expect(world.rowsOf(id).some(({ type }) => type === 'session_found')).toBe(false);
  await world.follow();
  expect(world.sessions.size).toBe(0);
});
