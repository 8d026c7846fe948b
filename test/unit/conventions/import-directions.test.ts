import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALLOWED_IMPORTS } from './allowed-imports.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

type Import = { readonly from: string; readonly to: string };

const importsOf = ({ path, text }: SourceFile): readonly Import[] =>
  [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, target = '']) => ({
    from: path,
    to: target.startsWith('.') ? posix.join(posix.dirname(path), target) : target,
  }));

const folderOf = (path: string): string =>
  Object.keys(ALLOWED_IMPORTS)
    .filter((folder) => path.startsWith(`${folder}/`))
    .reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '');

const isAllowed = ({ from, to }: Import): boolean => {
  if (!to.startsWith('src/')) {
    return true;
  }
  const folder = folderOf(from);
  return [folder, ...(ALLOWED_IMPORTS[folder] ?? [])].some(
    (allowed) =>
      to.startsWith(`${allowed}/`) ||
      to === allowed ||
      to.startsWith(`${allowed}.`) ||
      to.startsWith(`${allowed}-`),
  );
};

/**
 * What is left when imports of a file that imports nothing, and imports by a file that nobody imports, are taken away
 * again and again: those that lead in a circle, or from one circle to another.
 */
const importsInCircles = (imports: readonly Import[]): readonly Import[] => {
  const importing = new Set(imports.map(({ from }) => from));
  const imported = new Set(imports.map(({ to }) => to));
  const left = imports.filter(({ from, to }) => importing.has(to) && imported.has(from));
  return left.length === imports.length ? left : importsInCircles(left);
};

/** The part of the extension that a file belongs to: `popup`, `browser`. */
const partOfExtension = (path: string): string => path.split('/')[2] ?? '';

const files = sourceFiles('src/**/*.{ts,tsx,mjs}');
const imports = files.flatMap(importsOf);

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it('come only from where the design allows', () => {
    expect(imports.filter((found) => !isAllowed(found))).toEqual([]);
  });

  it('never lead back to the file that they are in, not even those of types', () => {
    expect(importsInCircles(imports)).toEqual([]);
  });

  it('of every source file are covered by a rule', () => {
    expect(files.map(({ path }) => path).filter((path) => folderOf(path) === '')).toEqual([]);
  });

  it('of webextension-polyfill are in one folder', () => {
    const folders = imports
      .filter(({ to }) => to === 'webextension-polyfill')
      .map(({ from }) => partOfExtension(from));
    expect([...new Set(folders)]).toEqual(['browser']);
  });

  it('leave the browser’s own interface to one folder, and to the banner, which imports nothing', () => {
    const users = files.filter(
      ({ path, text }) =>
        path.startsWith('src/extension/') &&
        /\bchrome\.[a-z]+\b/i.test(text.replace(/^\s*[/*].*$/gm, '')),
    );
    const folders = users.map(({ path }) => partOfExtension(path));
    expect([...new Set(folders)].toSorted()).toEqual(['banner', 'browser']);
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
  const message = 'src/extension/messages/session/end-session.ts';
  expect(isAllowed({ from: message, to: 'src/extension/messages/wire/ask.ts' })).toBe(true);
  expect(isAllowed({ from: message, to: 'src/extension/messages/sign-in/sign-in.ts' })).toBe(false);
  const part = 'src/extension/popup/parts/icons.tsx';
  expect(isAllowed({ from: part, to: 'src/extension/popup/views/home.tsx' })).toBe(false);
  expect(isAllowed({ from: 'src/sandbox/start.ts', to: 'src/contract/ids.ts' })).toBe(false);
});

it('the rule finds the imports that lead in a circle, and no others', () => {
  const circle = [
    { from: 'src/a.ts', to: 'src/b.ts' },
    { from: 'src/b.ts', to: 'src/c.ts' },
    { from: 'src/c.ts', to: 'src/a.ts' },
  ];
  const others = [
    { from: 'src/main.ts', to: 'src/a.ts' },
    { from: 'src/b.ts', to: 'src/leaf.ts' },
  ];
  expect(importsInCircles([...circle, ...others])).toEqual(circle);
});
