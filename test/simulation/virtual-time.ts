import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop after which nothing goes on by itself any more. */
const QUIET_TURNS = 6;

/** Time that passes only when nothing else is left to do, so that minutes take moments. */
export const createVirtualTime = (startsAt: number) => {
  let now = startsAt;
  let due: { readonly at: number; readonly wake: () => void }[] = [];

  const delay = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      due.push({ at: now + milliseconds, wake: resolve });
    });

  /** Lets time pass until the work is done. */
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const settled = (): void => {
      isDone = true;
    };
    work.then(settled, settled);
    while (!isDone) {
      for (let turn = 0; turn < QUIET_TURNS; turn += 1) {
        await nextTurn();
      }
      const next = Math.min(...due.map(({ at }) => at));
      if (!isDone && Number.isFinite(next)) {
        now = next;
        const woken = due.filter(({ at }) => at <= now);
        due = due.filter(({ at }) => at > now);
        for (const { wake } of woken) {
          wake();
        }
      }
    }
    return work;
  };

  return { clock: () => new Date(now), delay, run };
};
