import { expect, it, vi } from 'vitest';
import { createRecentAnswers } from '../../../src/backend/recent-answers.ts';

const setUp = () => {
  let now = 0;
  const recently = createRecentAnswers<string>(
    { lifetimeMilliseconds: 1000, capacity: 2 },
    () => new Date(now),
  );
  return {
    recently,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

it('equal questions under way share one answer', async () => {
  const { recently } = setUp();
  const ask = vi.fn(async () => 'answer');
  await Promise.all([recently('q', ask), recently('q', ask)]);
  expect(ask).toHaveBeenCalledOnce();
});

it('an answer is asked for again when it is old', async () => {
  const { recently, advance } = setUp();
  const ask = vi.fn(async () => 'answer');
  await recently('q', ask);
  advance(1000);
  await recently('q', ask);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('a failure is not remembered', async () => {
  const { recently } = setUp();
  await recently('q', () => Promise.reject(new Error('down'))).catch(() => undefined);
  expect(await recently('q', async () => 'up')).toBe('up');
});

it('the oldest answer goes when there are too many', async () => {
  const { recently } = setUp();
  const ask = vi.fn(async () => 'answer');
  for (const question of ['a', 'b', 'c', 'a']) {
    await recently(question, ask);
  }
  expect(ask).toHaveBeenCalledTimes(4);
});
