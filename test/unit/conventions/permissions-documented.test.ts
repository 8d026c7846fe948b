import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { inRepository } from '../../../src/commands/repository.ts';

it('every permission of the manifest has its row in the README', () => {
  const readme = readFileSync(inRepository('README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `(\w+)`(?: \(optional\)|, `\w+` \(Firefox build\))? \|/gm)];
  const documented = rows.map(([, name]) => name);
  const asked = [...manifest.permissions, ...manifest.optional_permissions];
  expect(asked.filter((permission) => !documented.includes(permission))).toEqual([]);
});
