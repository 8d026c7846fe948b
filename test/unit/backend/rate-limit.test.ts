import { expect, it } from 'vitest';
import { createRateLimiter } from '../../../src/backend/rate-limit.ts';

const setUp = () => {
  let now = 0;
  const take = createRateLimiter({ burst: 3, perMilliseconds: 3000 }, () => new Date(now));
  return {
    take,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

it('allows a burst, then refuses', () => {
  const { take } = setUp();
  expect([1, 2, 3, 4].map(() => take('sam'))).toEqual([true, true, true, false]);
});

it('allows one more when one was refilled', () => {
  const { take, advance } = setUp();
  for (let count = 0; count < 3; count += 1) {
    take('sam');
  }
  advance(1000);
  expect([take('sam'), take('sam')]).toEqual([true, false]);
});

it('counts for each key alone', () => {
  const { take } = setUp();
  for (let count = 0; count < 4; count += 1) {
    take('sam');
  }
  expect(take('kim')).toBe(true);
});

it('gives nothing back when the clock goes backwards', () => {
  const { take, advance } = setUp();
  for (let count = 0; count < 3; count += 1) {
    take('sam');
  }
  advance(-10_000);
  expect(take('sam')).toBe(false);
});
