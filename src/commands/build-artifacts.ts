import { globSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { inRepository } from './repository.ts';

const MODES = [
  'chrome',
  'chrome-popup',
  'chrome-banner',
  'firefox',
  'firefox-popup',
  'firefox-banner',
  // What the end-to-end tests load; never shipped.
  'chrome-test',
  'chrome-test-popup',
  'chrome-test-banner',
  'firefox-test',
  'firefox-test-popup',
  'firefox-test-banner',
  'custom-token-exchange',
  'post-login',
  'backend',
] as const;
/** What the artefacts are made from. */
const SOURCES = [
  'src/{action,backend,contract,extension}/**/*',
  'public/**/*',
  'manifest.json',
  'vite.config.ts',
  'package-lock.json',
];
/** Written when a build is complete. */
const MARKER = inRepository('dist', '.built');

const modifiedAt = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds everything that is deployed somewhere: the extension for both browsers, both Actions and the backend.
 */
export const buildArtifacts = async (): Promise<void> => {
  await rm(inRepository('dist'), { recursive: true, force: true });
  for (const mode of MODES) {
    await build({ mode, root: inRepository(), logLevel: 'warn' });
  }
  writeFileSync(MARKER, '');
};

/**
 * Builds unless the last build is newer than all it is made from, so that a running sandbox does not lose
 * its files to the start of another one.
 */
export const buildIfOutdated = async (): Promise<void> => {
  const sources = globSync(SOURCES, { cwd: inRepository() }).map((path) => inRepository(path));
  if (modifiedAt(MARKER) < Math.max(...sources.map(modifiedAt))) await buildArtifacts();
};
