import { globSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { inRepository } from './repository.ts';

/** What is deployed to the tenant. */
const ACTION_MODES = ['custom-token-exchange', 'post-login'] as const;
const MODES = [
  'chrome',
  'chrome-popup',
  'chrome-banner',
  'chrome-redirect',
  'firefox',
  'firefox-popup',
  'firefox-banner',
  // What the end-to-end tests load; never shipped.
  'chrome-test',
  'chrome-test-popup',
  'chrome-test-banner',
  'chrome-test-redirect',
  'firefox-test',
  'firefox-test-popup',
  'firefox-test-banner',
  ...ACTION_MODES,
  'backend',
] as const;
/** What `npm run dev` builds on each change. */
const DEV_MODES = ['dev', 'dev-popup', 'dev-banner', 'dev-redirect'] as const;
/** What the artefacts are made from. */
const SOURCES = [
  'src/{action,backend,command-line,contract,extension,tenant-settings}/**/*',
  'public/**/*',
  'manifest.json',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
/** Written when a build is complete. */
const MARKER = inRepository('dist', '.built');

const modifiedAt = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const buildModes = async (modes: readonly string[], logLevel: 'warn' | 'error'): Promise<void> => {
  // With another value Vite builds what development wants: slower code, which names the folder it was built in.
  Object.assign(process.env, { NODE_ENV: 'production' });
  for (const mode of modes) {
    await build({ mode, root: inRepository(), logLevel });
  }
};

/** Builds the extension for Chromium into `dist/dev`, with source maps. */
export const buildForDevelopment = (): Promise<void> => buildModes(DEV_MODES, 'error');

/**
 * Builds everything that is deployed somewhere: the extension for both browsers, both Actions and the backend.
 */
export const buildArtifacts = async (): Promise<void> => {
  await rm(inRepository('dist'), { recursive: true, force: true });
  await buildModes(MODES, 'warn');
  writeFileSync(MARKER, '');
};

/** Builds only what is deployed to the tenant, unless it is newer than all that it is made from. */
export const buildActionsIfOutdated = async (): Promise<void> => {
  const sources = globSync(['src/{action,contract}/**/*', 'vite.config.ts', 'package-lock.json'], {
    cwd: inRepository(),
  });
  const changed = Math.max(...sources.map((path) => modifiedAt(inRepository(path))));
  for (const mode of ACTION_MODES) {
    if (modifiedAt(inRepository('dist', 'actions', `${mode}.js`)) < changed) {
      await buildModes([mode], 'warn');
    }
  }
};

/**
 * Builds unless the last build is newer than all it is made from, so that a running sandbox does not lose
 * its files to the start of another one.
 */
export const buildIfOutdated = async (): Promise<void> => {
  const sources = globSync(SOURCES, { cwd: inRepository() }).map((path) => inRepository(path));
  if (modifiedAt(MARKER) < Math.max(...sources.map(modifiedAt))) {
    await buildArtifacts();
  }
};
