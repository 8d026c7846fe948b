import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

const IN_BACKGROUND = 'src/extension/in-background';
const BACKGROUND = [
  IN_BACKGROUND,
  'src/extension/messages',
  'src/extension/browser',
  'src/contract',
];

/** The rooms of a folder: what each may import besides what the folder itself may. */
const roomsOf = (
  folder: string,
  rooms: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(rooms).map(([room, allowed]) => [
      `${folder}/${room}`,
      [...BACKGROUND, `${folder}/durations`, ...allowed.map((name) => `${folder}/${name}`)],
    ]),
  );

/**
 * What each folder may import besides itself and packages, the longest matching folder deciding. Design:
 * extension and backend meet only in the contract; the sandbox shares no code with what it tests.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/contract': [],
  'src/action': [],
  'src/sandbox': [],
  // What a policy file may set is what the extension takes.
  'src/commands': ['src/extension/messages/managed-settings'],
  'src/verify': [],
  'src/tenant-settings': ['src/contract'],
  'src/setup': ['src/contract', 'src/tenant-settings'],
  'src/doctor': [
    'src/backend/config.ts',
    'src/backend/http/client-ip.ts',
    'src/setup',
    'src/tenant-settings',
  ],
  'src/extension/browser': [IN_BACKGROUND],
  'src/extension/messages': ['src/extension/browser', 'src/contract'],
  'src/extension/popup': [
    IN_BACKGROUND,
    'src/extension/messages',
    'src/contract',
    'src/extension/browser/permissions',
    'src/extension/browser/snapshot-cell',
  ],
  'src/extension/options': [
    IN_BACKGROUND,
    'src/extension/messages',
    'src/contract',
    'src/extension/browser/permissions',
    'src/extension/browser/snapshot-cell',
  ],
  'src/extension/banner': [],
  'src/extension/background': BACKGROUND,
  ...roomsOf('src/extension/background', {
    storage: [],
    backend: ['storage'],
    'sign-in': ['backend', 'storage'],
    customers: ['backend', 'storage'],
    'launch-state': ['storage'],
    'entry-points': ['backend', 'customers', 'launch-state', 'storage'],
    session: ['backend', 'customers', 'launch-state', 'storage'],
    launch: ['backend', 'customers', 'launch-state', 'session', 'sign-in', 'storage'],
    'use-cases': [
      'backend',
      'customers',
      'entry-points',
      'launch',
      'launch-state',
      'session',
      'sign-in',
      'storage',
    ],
    views: [
      'backend',
      'customers',
      'entry-points',
      'launch',
      'launch-state',
      'session',
      'sign-in',
      'storage',
    ],
  }),
  'src/extension': [],
  'src/backend/policy': ['src/contract', 'src/backend/ports', 'src/backend/refusal.ts'],
  'src/backend/ports': ['src/contract', 'src/backend/refusal.ts'],
  'src/backend/launch': [
    'src/contract',
    'src/backend/policy',
    'src/backend/ports',
    'src/backend/recent-answers.ts',
    'src/backend/refusal.ts',
  ],
  'src/backend/reading': [
    'src/contract',
    'src/backend/launch',
    'src/backend/ports',
    'src/backend/refusal.ts',
  ],
  'src/backend/ledger': [
    'src/contract',
    'src/backend/launch/dependencies',
    'src/backend/ports',
    'src/backend/refusal.ts',
  ],
  'src/backend/http': [
    'src/backend/ledger',
    'src/backend/current-agent.ts',
    'src/backend/read-limited.ts',
    'src/contract',
    'src/backend/launch',
    'src/backend/policy',
    'src/backend/ports',
    'src/backend/reading',
    'src/backend/refusal.ts',
  ],
  'src/backend/adapters': [
    'src/tenant-settings',
    'src/backend/current-agent.ts',
    'src/contract',
    'src/backend/ports',
    'src/backend/refusal.ts',
    'src/backend/recent-answers.ts',
    'src/backend/read-limited.ts',
  ],
  'src/backend/cli': ['src/contract', 'src/backend'],
  'src/backend': ['src/contract', 'src/backend'],
};

type Import = { readonly from: string; readonly to: string };

const importsOf = ({ path, text }: SourceFile): readonly Import[] =>
  [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, target = '']) => ({
    from: path,
    to: target.startsWith('.') ? posix.join(posix.dirname(path), target) : target,
  }));

const folderOf = (path: string): string =>
  Object.keys(ALLOWED)
    .filter((folder) => path.startsWith(`${folder}/`))
    .reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '');

const isAllowed = ({ from, to }: Import): boolean => {
  if (!to.startsWith('src/')) {
    return true;
  }
  const folder = folderOf(from);
  return [folder, ...(ALLOWED[folder] ?? [])].some(
    (allowed) =>
      to.startsWith(`${allowed}/`) ||
      to === allowed ||
      to.startsWith(`${allowed}.`) ||
      to.startsWith(`${allowed}-`),
  );
};

const files = sourceFiles('src/**/*.{ts,tsx,mjs}');
const imports = files.flatMap(importsOf);

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it('come only from where the design allows', () => {
    expect(imports.filter((found) => !isAllowed(found))).toEqual([]);
  });

  it('of every source file are covered by a rule', () => {
    expect(files.map(({ path }) => path).filter((path) => folderOf(path) === '')).toEqual([]);
  });

  it('of webextension-polyfill are in one folder', () => {
    const folders = imports
      .filter(({ to }) => to === 'webextension-polyfill')
      .map(({ from }) => posix.dirname(from));
    expect([...new Set(folders)]).toEqual(['src/extension/browser']);
  });

  it('leave the browser’s own interface to one folder, and to the banner, which imports nothing', () => {
    const users = files.filter(
      ({ path, text }) =>
        path.startsWith('src/extension/') &&
        /\bchrome\.[a-z]+\b/i.test(text.replace(/^\s*[/*].*$/gm, '')),
    );
    const folders = users.map(({ path }) => posix.dirname(path));
    expect([...new Set(folders)].toSorted()).toEqual([
      'src/extension/banner',
      'src/extension/browser',
    ]);
  });

  it('of views never lead to zod: what they show was checked by the worker', () => {
    const imported = new Map<string, readonly string[]>(
      files.map(({ path, text }) => [
        path,
        importsOf({ path, text: text.replace(/^import type [^;]*;$/gm, '') }).map(({ to }) => to),
      ]),
    );
    const chains = files
      .filter(({ path }) => /^src\/extension\/(popup|options)\//.test(path))
      .map(({ path }) => [path]);
    const seen = new Set<string>();
    const found: (readonly string[])[] = [];
    for (const chain of chains) {
      for (const to of imported.get(chain.at(-1) ?? '') ?? []) {
        if (to === 'zod/mini') {
          found.push(chain);
        }
        if (!seen.has(to)) {
          chains.push([...chain, to]);
        }
        seen.add(to);
      }
    }
    expect(found).toEqual([]);
  });

  it('never open the session storage, which holds the tokens, to content scripts', () => {
    expect(
      files.filter(({ text }) => text.includes('setAccessLevel')).map(({ path }) => path),
    ).toEqual([]);
  });

  it('of zod in what ships to the browser are the small ones', () => {
    const heavy = imports.filter(
      ({ from, to }) => to === 'zod' && /^src\/(contract|extension)\//.test(from),
    );
    expect(heavy).toEqual([]);
  });
});

it('the rule tells a forbidden import from an allowed one', () => {
  const from = 'src/extension/popup/app.tsx';
  expect(isAllowed({ from, to: 'src/backend/refusal.ts' })).toBe(false);
  expect(isAllowed({ from, to: 'src/extension/background/main.ts' })).toBe(false);
  expect(isAllowed({ from, to: 'src/extension/browser/storage.ts' })).toBe(false);
  expect(isAllowed({ from, to: 'src/extension/browser/permissions.ts' })).toBe(true);
  expect(isAllowed({ from, to: 'src/extension/browser/snapshot-cell.ts' })).toBe(true);
  expect(isAllowed({ from: 'src/sandbox/start.ts', to: 'src/contract/ids.ts' })).toBe(false);
});
