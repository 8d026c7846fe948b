import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_TEXTS } from '../../../src/backend/http/error-texts.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { ERROR_CODES } from '../../../src/contract/error-codes.ts';

it('every error code has a row in docs/error-codes.md, and no row is of an unknown code', () => {
  const page = readFileSync(inRepository('docs/error-codes.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([a-z_]+)` \| \d{3} \|/gm)].map(([, code]) => code);
  expect(documented.toSorted()).toEqual(ERROR_CODES.toSorted());
});

it('every row has the status that the code is sent with', () => {
  const page = readFileSync(inRepository('docs/error-codes.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z_]+)` \| (\d{3}) \|/gm)];
  const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]));
  const sent = Object.entries(ERROR_TEXTS).map(([code, { status }]) => [code, status]);
  expect(documented).toEqual(Object.fromEntries(sent));
});
