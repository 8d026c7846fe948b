import { describe, expect, it, vi } from 'vitest';
import { createLogFollower } from '../../../../../src/backend/launch/tenant-session/follow-log.ts';
import { startFollowing } from '../../../../../src/backend/launch/tenant-session/start-following.ts';
import { TenantUnavailableError } from '../../../../../src/backend/ports/tenant-errors.ts';
import { customerId } from '../../fixtures.ts';
import { createSessionFixture } from './session-fixture.ts';

describe("the follower of the tenant's log", () => {
  it('asks the tenant nothing while no look is due', async () => {
    const world = createSessionFixture();
    await world.follow();
    const id = await world.launch();
    world.redeem('session-1');
    await world.follow();
    expect(world.search).toHaveBeenCalledTimes(1);
    expect(await world.follow()).toBe(5_000);
    expect(world.search).toHaveBeenCalledTimes(1);
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('logs a launch as unconfirmed only where that was recorded', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    await world.report(id, 'opened');
    world.pass(360);
    const log = { ...world.deps.log, warn: vi.fn() };
    const follow = (outcome?: 'wrong_state') => {
      const advance = outcome ? async () => outcome : world.deps.ledger.advance;
      const ledger = { ...world.deps.ledger, holdDuty: async () => true, advance };
      return createLogFollower({ ...world.deps, log, ledger, sessionMetadata: false }).look();
    };
    await follow('wrong_state');
    expect(log.warn).not.toHaveBeenCalled();
    await follow();
    expect(log.warn).toHaveBeenCalledExactlyOnceWith('launch_unconfirmed', { launchId: id });
  });

  it('asks once for all launches, each second while one is expected and seldom later', async () => {
    const world = createSessionFixture();
    await world.launch();
    world.pass(1);
    await world.launch({ customerId: customerId('auth0|uma') });
    expect(await world.follow()).toBe(1_000);
    expect(world.search).toHaveBeenCalledTimes(1);
    world.pass(130);
    expect(await world.follow()).toBe(5_000);
  });

  it('finds an entry that came late, before others that were read already', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    for (let n = 0; n < 3; n += 1) {
      world.redeem(`other-${n}`, { customerId: customerId('auth0|uma') });
    }
    await world.follow();
    world.pass(60);
    world.redeem('session-1', { at: new Date('2026-03-01T12:00:01Z') });
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('reads older pages in turn with the newest one', async () => {
    const world = createSessionFixture({ pageSize: 2 });
    const id = await world.launch();
    world.redeem('session-1');
    for (let n = 0; n < 5; n += 1) {
      world.pass(1);
      world.redeem(`other-${n}`, { customerId: customerId('auth0|uma') });
    }
    let looks = 0;
    while ((await world.stateOf(id))?.state === 'issued' && looks < 20) {
      await world.follow();
      looks += 1;
    }
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('goes on after the tenant did not answer', async () => {
    const world = createSessionFixture();
    const id = await world.launch();
    world.redeem('session-1');
    world.search.mockRejectedValueOnce(new TenantUnavailableError('down'));
    expect(await world.follow()).toBe(5_000);
    await world.follow();
    expect(await world.stateOf(id)).toMatchObject({ state: 'confirmed' });
  });

  it('records a session that two launches can have made once for each, however often it looks', async () => {
    const world = createSessionFixture();
    const first = await world.launch();
    await world.report(first, 'not_landed');
    const second = await world.launch();
    await world.report(second, 'not_landed');
    world.redeem('session-1');
    for (let look = 0; look < 5; look += 1) {
      await world.follow();
      world.pass(1);
    }
    const found = (id: typeof first) =>
      world.rowsOf(id).filter(({ type }) => type === 'session_found');
    expect([found(first), found(second)]).toMatchObject([
      [{ ambiguous: true, tenantSession: 'gone' }],
      [{ ambiguous: true, tenantSession: 'gone' }],
    ]);
    expect(world.end).toHaveBeenCalledTimes(1);
  });

  it('asks the tenant again to delete a session that it kept', async () => {
    const world = createSessionFixture();
    for (const id of [await world.launch(), await world.launch()]) {
      await world.report(id, 'not_landed');
    }
    world.redeem('session-1');
    world.end.mockResolvedValueOnce('still_there');
    await world.follow();
    await world.follow();
    await world.follow();
    expect(world.end).toHaveBeenCalledTimes(2);
  });

  it('does nothing while another process has the duty', async () => {
    const world = createSessionFixture({ holdsDuty: false });
    await world.launch();
    await world.follow();
    expect(world.search).not.toHaveBeenCalled();
  });
});

describe('following', () => {
  it('looks at once when asked to, yet never twice within a second, and not after it was stopped', async () => {
    const waits: number[] = [];
    const released: (() => void)[] = [];
    const delay = (milliseconds: number) =>
      new Promise<void>((resolve) => {
        waits.push(milliseconds);
        released.push(resolve);
      });
    const look = vi.fn(async () => 5_000);
    const following = startFollowing({ look, release: async () => undefined }, delay);
    await vi.waitFor(() => expect(waits).toEqual([1_000]));
    following.lookSoon();
    expect(look).toHaveBeenCalledTimes(1);
    released[0]?.();
    await vi.waitFor(() => expect(look).toHaveBeenCalledTimes(2));
    await following.stop();
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('hands the duty back when it stops, and only after the look under way', async () => {
    const done: string[] = [];
    const logRead = Promise.withResolvers<void>();
    const look = async () => {
      await logRead.promise;
      done.push('looked');
      return 5_000;
    };
    const release = async () => {
      done.push('handed back');
    };
    const following = startFollowing({ look, release }, () => Promise.resolve());
    const stopped = following.stop();
    expect(done).toEqual([]);
    logRead.resolve();
    await stopped;
    expect(done).toEqual(['looked', 'handed back']);
  });

  it('stops although the ledger cannot take the duty back, and says so', async () => {
    const world = createSessionFixture();
    const log = { ...world.deps.log, warn: vi.fn() };
    const ledger = { ...world.deps.ledger, holdDuty: () => Promise.reject(new Error('down')) };
    const { release } = createLogFollower({ ...world.deps, log, ledger, sessionMetadata: false });
    await release();
    expect(log.warn).toHaveBeenCalledExactlyOnceWith('duty_not_released', { cause: 'Error' });
  });
});
