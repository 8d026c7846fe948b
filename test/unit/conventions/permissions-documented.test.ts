import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { inRepository } from '../../../src/commands/repository.ts';

it.each(['docs/permissions.md', 'docs/store/permissions.md'])(
  'every permission of the manifest has its row in %s',
  (document) => {
    const page = readFileSync(inRepository(document), 'utf8');
    const rows = [
      ...page.matchAll(/^\| `(\w+)`(?: \(optional\)| \(Firefox\)|, `\w+` \(Firefox build\))? \|/gm),
    ];
    const documented = rows.map(([, name]) => name);
    const asked = [...manifest.permissions, ...manifest.optional_permissions];
    expect(asked.filter((permission) => !documented.includes(permission))).toEqual([]);
  },
);
