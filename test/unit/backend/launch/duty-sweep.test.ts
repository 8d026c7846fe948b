import { describe, expect, it } from 'vitest';
import { createDutySweep, type HeldDuty } from '../../../../src/backend/launch/duty-sweep.ts';

const MINUTE = 60_000;

/** A duty that processes share, held as the database holds it. */
const createDuty = (now: () => number) => {
  let holder: string | undefined;
  let heldUntil = 0;
  return (name: string) => async (_duty: string, milliseconds: number) => {
    if (holder !== name && heldUntil > now()) {
      return false;
    }
    holder = name;
    heldUntil = now() + milliseconds;
    return true;
  };
};

const createProcesses = () => {
  let now = 0;
  const duty = createDuty(() => now);
  const swept: { readonly by: string; readonly at: number }[] = [];
  const start = (name: string, sweep: () => Promise<void> = async () => undefined) =>
    createDutySweep(
      { ledger: { holdDuty: duty(name) }, clock: () => new Date(now) },
      {
        duty: 'revoke',
        everyMilliseconds: 2 * MINUTE,
        leaseMilliseconds: MINUTE,
        sweep: () => {
          swept.push({ by: name, at: now });
          return sweep();
        },
      },
    );
  /** Calls each process every 20 seconds until then. */
  const runUntil = async (until: number, held: readonly HeldDuty[]) => {
    for (; now <= until; now += 20_000) {
      for (const { call } of held) {
        await call();
      }
    }
  };
  return { swept, start, runUntil };
};

describe('a sweep that one process does for all', () => {
  it('is done at once, and again when it is due', async () => {
    const { swept, start, runUntil } = createProcesses();
    await runUntil(4 * MINUTE, [start('first'), start('second')]);
    expect(swept).toEqual([
      { by: 'first', at: 0 },
      { by: 'first', at: 2 * MINUTE },
      { by: 'first', at: 4 * MINUTE },
    ]);
  });

  it('is done within four minutes of the one before, though its process died just before it was due', async () => {
    const { swept, start, runUntil } = createProcesses();
    const second = start('second');
    await runUntil(2 * MINUTE - 20_000, [start('first'), second]);
    await runUntil(5 * MINUTE, [second]);
    const [before, after] = swept;
    expect([before?.by, after?.by]).toEqual(['first', 'second']);
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeLessThan(4 * MINUTE);
  });

  it('keeps the duty while it takes longer than the lease, and is not begun a second time', async () => {
    const { swept, start, runUntil } = createProcesses();
    const over = Promise.withResolvers<void>();
    const long = start('first', () => over.promise);
    const first = long.call();
    await runUntil(5 * MINUTE, [long, start('second')]);
    expect(swept).toHaveLength(1);
    over.resolve();
    await first;
  });

  it('is done again at the next call when it failed', async () => {
    const { swept, start } = createProcesses();
    const { call } = start('first', () => Promise.reject(new Error('down')));
    await expect(call()).rejects.toThrow('down');
    await expect(call()).rejects.toThrow('down');
    expect(swept).toHaveLength(2);
  });

  it('is another process’s at once when the one that has the duty stops', async () => {
    const { swept, start } = createProcesses();
    const first = start('first');
    await first.call();
    await first.release();
    await start('second').call();
    expect(swept.map(({ by }) => by)).toEqual(['first', 'second']);
  });
});
