import { inRepository } from '../../src/commands/repository.ts';

/** The built extensions whose waits are shortened; in all else what ships. */
export const TEST_EXTENSION = {
  chrome: inRepository('dist/chrome-test'),
  firefox: inRepository('dist/firefox-test'),
};
