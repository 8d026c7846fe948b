import { createContext, Script } from 'node:vm';
import { expect, it } from 'vitest';
import { runWithDeadline } from '../../../../src/backend/config/script-deadline.ts';

it('a script that ends in time gives its value', () => {
  expect(runWithDeadline(new Script('6 * 7'), createContext, 50)).toEqual({
    stopped: false,
    value: 42,
  });
});

it('a script that keeps the processor busy is stopped', () => {
  expect(runWithDeadline(new Script('for (;;);'), createContext, 50)).toEqual({ stopped: true });
});

it('a script that got no processor time is given longer', () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const waiting = new Script('const end = Atomics.wait(cell, 0, 0, 80); end');
  expect(runWithDeadline(waiting, () => createContext({ cell }), 50)).toEqual({
    stopped: false,
    value: 'timed-out',
  });
});

it('what a script throws is thrown', () => {
  const throwing = new Script('throw new RangeError("no")');
  expect(() => runWithDeadline(throwing, createContext, 50)).toThrow('no');
});
