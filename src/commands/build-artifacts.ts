import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { inRepository } from './repository.ts';

const MODES = [
  'chrome',
  'chrome-banner',
  'firefox',
  'firefox-banner',
  'custom-token-exchange',
  'post-login',
] as const;

/** Builds everything that is deployed somewhere: the extension for both browsers, and both Actions. */
export const buildArtifacts = async (): Promise<void> => {
  await rm(inRepository('dist'), { recursive: true, force: true });
  for (const mode of MODES) {
    await build({ mode, root: inRepository(), logLevel: 'warn' });
  }
};
