import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { inRepository } from '../../../src/commands/repository.ts';

it('every permission of the manifest has its row in docs/permissions.md', () => {
  const page = readFileSync(inRepository('docs/permissions.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)`(?: \(optional\)|, `\w+` \(Firefox build\))? \|/gm)];
  const documented = rows.map(([, name]) => name);
  const asked = [...manifest.permissions, ...manifest.optional_permissions];
  expect(asked.filter((permission) => !documented.includes(permission))).toEqual([]);
});
