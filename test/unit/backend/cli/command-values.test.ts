import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openExport } from '../../../../src/backend/cli/export-file.ts';
import { idOf } from '../../../../src/backend/cli/id-option.ts';
import { isoTimeOf } from '../../../../src/backend/cli/iso-time.ts';
import { headOf } from '../../../../src/backend/cli/ledger-commands/head.ts';
import { customerIdSchema } from '../../../../src/contract/ids.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-values-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['2024-01-31T09:00:00Z', '2024-01-31T09:00:00.000Z'],
  ['2024-01-31T09:00:00+02:00', '2024-01-31T07:00:00.000Z'],
  ['1950-06-01', '1950-06-01T00:00:00.000Z'],
])('the time %s is taken', (text, time) => {
  expect(isoTimeOf('since', text).toISOString()).toBe(time);
});

it.each(['5', 'yesterday', '31.01.2024', '2024-02-31', '2024-01-31T09:00:00', '+275760-01-01'])(
  'the time %s is refused with a sentence that shows how to write one',
  (text) => {
    expect(() => isoTimeOf('before', text)).toThrow(/^--before must be a date such as 2026-01-31/);
  },
);

it('an id that is too long is refused with a sentence that names the option', () => {
  expect(() => idOf('customer', customerIdSchema, 'a'.repeat(257))).toThrow(
    /^--customer is too long for an id\.$/,
  );
});

it('a head whose number no row can have is refused', () => {
  expect(() => headOf(`99999999999999999999:${'0'.repeat(64)}`)).toThrow('--head must be SEQ:HASH');
});

it('an export that is a folder or is not there is refused before anything is read', async () => {
  await expect(openExport(folder)).rejects.toThrow(`${folder} is a folder, and not the file`);
  await expect(openExport(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('an export that is there is read', async () => {
  const path = join(folder, 'empty.ndjson');
  writeFileSync(path, '');
  const rows = (await openExport(path))[Symbol.asyncIterator]();
  expect(await rows.next()).toMatchObject({ done: true });
});
