import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Where `vite build --mode chrome` leaves the extension. */
const BUILT = 'dist/chrome';

/** A text file of the built extension, of the one for Chromium unless another folder is given. */
export const read = (path: string, folder = BUILT): string =>
  readFileSync(join(folder, path), 'utf8');

/** How much of the wire a file takes, in bytes. */
export const gzippedBytes = (path: string): number =>
  gzipSync(readFileSync(join(BUILT, path))).length;

/** All files of the built extension, as paths in it. */
export const builtFiles = (): readonly string[] =>
  readdirSync(BUILT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(BUILT.length + 1));

const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w*\s{},$]+from\s*)?["']([^"']+)["']/g;
const SCRIPT = /<script[^>]*src="\/?([^"]+)"|<link[^>]*rel="modulepreload"[^>]*href="\/?([^"]+)"/g;

const importsOf = (path: string): readonly string[] =>
  [...read(path).matchAll(STATIC_IMPORT)].map(([, specifier = '']) =>
    specifier.startsWith('/') ? specifier.slice(1) : join(path, '..', specifier),
  );

/** A script and everything that must be loaded before it runs. */
export const importClosure = (entries: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) {
      return;
    }
    if (!existsSync(join(BUILT, path))) {
      throw new Error(`${path} is imported but not built.`);
    }
    seen.add(path);
    importsOf(path).forEach(visit);
  };
  entries.forEach(visit);
  return [...seen];
};

/** The scripts that a page names. */
export const scriptsOf = (page: string): readonly string[] =>
  [...read(page).matchAll(SCRIPT)].map(([, script, preload]) => script ?? preload ?? '');
