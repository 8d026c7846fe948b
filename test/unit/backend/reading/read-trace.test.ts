import { describe, expect, it, vi } from 'vitest';
import type { Caller } from '../../../../src/backend/launch/dependencies.ts';
import type { Shown } from '../../../../src/backend/reading/agent-hour.ts';
import { createReadTrace } from '../../../../src/backend/reading/read-trace.ts';
import { isRefusal } from '../../../../src/backend/refusal.ts';
import { createFakeLedger } from '../fake-ledger.ts';
import { agentId } from '../fixtures.ts';
import { CALLER } from '../launch/launch-fixture.ts';
import { createFakeReadCounts, someCustomers } from './fake-read-counts.ts';

const createFixture = (fake = createFakeReadCounts(), customersPerHour = 100) => {
  let now = Date.parse('2026-03-01T12:30:00Z');
  const { ledger, entries } = createFakeLedger();
  const onShareUsed = vi.fn();
  const warn = vi.fn();
  const trace = createReadTrace({
    counts: fake.counts,
    ledger,
    customersPerHour,
    clock: () => new Date(now),
    log: { info: () => undefined, warn, error: warn },
    onShareUsed,
  });
  const read = (shown: Shown, caller: Caller = CALLER) =>
    trace.reading(caller, async (show) => {
      show(shown);
      return 'shown' as const;
    });
  const outcome = async (shown: Shown, caller: Caller = CALLER): Promise<string> => {
    const answer = await read(shown, caller);
    return isRefusal(answer) ? answer.code : answer;
  };
  return {
    ...fake,
    trace,
    entries,
    onShareUsed,
    warn,
    read,
    outcome,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
};

describe('what agents read', () => {
  it('is counted for each agent and hour, each customer once', async () => {
    const { read, trace, hours } = createFixture();
    await read({ searches: 1, seen: someCustomers(20) });
    await read({ searches: 1, seen: someCustomers(20, 10) });
    await trace.write();
    await read({ opened: someCustomers(1) });
    await trace.write();
    expect(hours()).toMatchObject([
      {
        agentId: 'auth0|agent',
        hour: new Date('2026-03-01T12:00:00Z'),
        searches: 2,
        opened: ['auth0|c0'],
      },
    ]);
    expect(hours()[0]?.seen).toHaveLength(30);
  });

  it('is not counted where nothing was shown', async () => {
    const { read, trace, hours } = createFixture();
    await read({});
    await trace.write();
    expect(hours()).toEqual([]);
  });

  it('becomes rows a minute after its hour is over, whichever backend counted it', async () => {
    const fake = createFakeReadCounts();
    const first = createFixture(fake);
    await first.read({ searches: 1, seen: someCustomers(3) });
    await first.trace.write();
    const second = createFixture(fake);
    second.pass(30 * 60 + 59);
    expect(await second.trace.close()).toBe(0);
    second.pass(1);
    expect(await second.trace.close()).toBe(1);
    expect(fake.closed).toMatchObject([{ searches: 1, agentId: 'auth0|agent' }]);
  });

  it('at the turn of the hour belongs to the hour in which it was asked for', async () => {
    const { read, trace, hours, pass } = createFixture();
    pass(30 * 60 - 1);
    await read({ searches: 1 });
    pass(1);
    await read({ searches: 2 });
    await trace.write();
    expect(hours().map(({ hour, searches }) => [hour.toISOString(), searches])).toEqual([
      ['2026-03-01T12:00:00.000Z', 1],
      ['2026-03-01T13:00:00.000Z', 2],
    ]);
  });

  it('is counted also where the answer came after its hour was written', async () => {
    const { trace, hours, pass } = createFixture();
    const answer = Promise.withResolvers<void>();
    const reading = trace.reading(CALLER, async (show) => {
      await answer.promise;
      show({ searches: 1 });
    });
    pass(30 * 60);
    await trace.write();
    answer.resolve();
    await reading;
    await trace.write();
    expect(hours()).toMatchObject([{ hour: new Date('2026-03-01T12:00:00Z'), searches: 1 }]);
  });
});

describe('the ceiling', () => {
  it('refuses the read after the one that reached it, and records that once an hour', async () => {
    const { outcome, entries, pass, trace } = createFixture();
    expect(await outcome({ seen: someCustomers(99) })).toBe('shown');
    expect(await outcome({ seen: someCustomers(20, 99) })).toBe('shown');
    expect(await outcome({ opened: someCustomers(1) })).toBe('read_limit_reached');
    expect(await outcome({ opened: someCustomers(1) })).toBe('read_limit_reached');
    expect(entries).toMatchObject([{ type: 'request_refused', code: 'read_limit_reached' }]);
    await trace.write();
    pass(30 * 60);
    expect(await outcome({ opened: someCustomers(1) })).toBe('shown');
  });

  it('says how many customers it was', async () => {
    const { read } = createFixture();
    await read({ seen: someCustomers(119) });
    expect(await read({})).toMatchObject({
      detail: 'You have looked at 119 customers since the hour began.',
    });
  });

  it('counts a customer who is shown again only once, written or not', async () => {
    const { outcome, trace } = createFixture();
    await outcome({ seen: someCustomers(99) });
    await trace.write();
    await outcome({ seen: someCustomers(99) });
    expect(await outcome({ opened: someCustomers(99) })).toBe('shown');
  });

  it('is one agent’s alone', async () => {
    const { outcome } = createFixture();
    await outcome({ seen: someCustomers(100) });
    const other = { ...CALLER, agent: { ...CALLER.agent, id: agentId('auth0|other') } };
    expect(await outcome({}, other)).toBe('shown');
  });

  it('is the same after a restart and for every backend', async () => {
    const fake = createFakeReadCounts();
    const first = createFixture(fake);
    await first.outcome({ seen: someCustomers(100) });
    await first.trace.write();
    expect(await createFixture(fake).outcome({})).toBe('read_limit_reached');
  });

  it('shows in the metrics before it is reached', async () => {
    const { read, trace, onShareUsed, pass } = createFixture();
    await read({ seen: someCustomers(80) });
    await trace.write();
    expect(onShareUsed).toHaveBeenLastCalledWith(0.8);
    pass(60 * 60);
    await trace.write();
    expect(onShareUsed).toHaveBeenLastCalledWith(0);
  });
});

describe('while the counts cannot be written', () => {
  it('reads are answered for a minute and then refused, until they are written', async () => {
    const { outcome, trace, state, pass, hours, warn } = createFixture();
    await outcome({});
    state.isDown = true;
    expect(await outcome({ searches: 1 })).toBe('shown');
    pass(59);
    await trace.write();
    expect(await outcome({ searches: 1 })).toBe('shown');
    await trace.write();
    pass(1);
    expect(await outcome({ searches: 1 })).toBe('ledger_unavailable');
    state.isDown = false;
    await trace.write();
    expect(await outcome({})).toBe('shown');
    expect(hours()).toMatchObject([{ searches: 2 }]);
    expect(warn).toHaveBeenCalledExactlyOnceWith('reads_not_written', {
      cause: 'LedgerUnavailableError',
    });
  });

  it('an agent who reads for the first time is answered, too', async () => {
    const { outcome, trace, state, hours } = createFixture();
    state.isDown = true;
    expect(await outcome({ seen: someCustomers(3) })).toBe('shown');
    state.isDown = false;
    await trace.write();
    expect(hours()).toHaveLength(1);
  });
});
