import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';

/** Keeps Chromium from calling home and from asking anything at its first start. */
const QUIET = [
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type ExtensionBrowserOptions = {
  readonly executablePath: string;
  /** Folder of the built extension. */
  readonly extension: string;
  readonly headless: boolean;
  readonly colorScheme?: 'light' | 'dark';
};

/** A browser with the extension loaded, in a profile of its own. */
export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly close: () => Promise<void>;
};

/** Opens Chromium with the built extension and nothing else in a fresh profile, removed at the end. */
export const openExtensionBrowser = async (
  options: ExtensionBrowserOptions,
): Promise<ExtensionBrowser> => {
  const profile = await mkdtemp(join(tmpdir(), 'understudy-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.executablePath,
    headless: options.headless,
    viewport: null,
    ...(options.colorScheme && { colorScheme: options.colorScheme }),
    args: [
      ...QUIET,
      `--disable-extensions-except=${options.extension}`,
      `--load-extension=${options.extension}`,
      '--remote-debugging-port=0',
    ],
  });
  return {
    context,
    profile,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};
