import { describe, expect, it } from 'vitest';
import { simulateTyping } from '../../../../simulation/typing-agents.ts';

describe('sixty agents who begin to type within ten seconds, at ten calls a second', () => {
  it.each([1, 2, 3])(
    'all get the answer to their final text within three seconds, and nobody an error (seed %i)',
    async (seed) => {
      const { finalMilliseconds, finalErrors, earlierErrors, mostCallsInASecond } =
        await simulateTyping({
          agents: 60,
          withinMilliseconds: 10_000,
          callsPerSecond: 10,
          seed,
        });
      expect({ answered: finalMilliseconds.length, finalErrors, earlierErrors }).toEqual({
        answered: 60,
        finalErrors: 0,
        earlierErrors: 0,
      });
      expect(finalMilliseconds.at(-1)).toBeLessThanOrEqual(3_000);
      // Ten a second, and the eight that may come at once after a pause.
      expect(mostCallsInASecond).toBeLessThanOrEqual(18);
    },
    30_000,
  );
});
