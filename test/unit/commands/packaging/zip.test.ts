import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zip } from '../../../../src/commands/packaging/zip.ts';

const text = (value: string) => new TextEncoder().encode(value);

it('an archive does not depend on the order of its files', () => {
  const one = zip(
    new Map([
      ['a.js', text('a')],
      ['b/c.js', text('c')],
    ]),
  );
  const other = zip(
    new Map([
      ['b/c.js', text('c')],
      ['a.js', text('a')],
    ]),
  );
  expect(one).toEqual(other);
});

it('an archive gives back what was put in', () => {
  const files = new Map([
    ['popup/start.js', text('1'.repeat(10_000))],
    ['leer.txt', text('')],
  ]);
  expect(unzipSync(zip(files))).toEqual(Object.fromEntries(files));
});
