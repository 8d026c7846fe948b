import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { type Grants, seedGrants } from './browser-grants.ts';

/** Keeps Chromium from calling home and from asking anything at its first start. */
export const QUIET = [
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
  readonly extensionId: string;
  readonly headless: boolean;
  readonly colorScheme?: 'light' | 'dark';
  /** What is allowed from the start; without it, what the manifest asks for. */
  readonly grants?: Grants;
};

/** A browser with the extension loaded, in a profile of its own. */
export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly profile: string;
  /** Quits the browser and starts it again with the same profile. */
  readonly restart: () => Promise<ExtensionBrowser>;
  readonly close: () => Promise<void>;
};

const launch = (
  profile: string,
  { executablePath, extension, headless, colorScheme }: ExtensionBrowserOptions,
): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    viewport: null,
    ...(colorScheme && { colorScheme }),
    args: [
      ...QUIET,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--remote-debugging-port=0',
    ],
  });

const openProfile = async (
  profile: string,
  options: ExtensionBrowserOptions,
): Promise<ExtensionBrowser> => {
  const context = await launch(profile, options);
  return {
    context,
    profile,
    restart: async () => {
      await context.close();
      return openProfile(profile, options);
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};

/** Opens Chromium with the built extension and nothing else in a fresh profile, removed at the end. */
export const openExtensionBrowser = async (
  options: ExtensionBrowserOptions,
): Promise<ExtensionBrowser> => {
  const profile = await mkdtemp(join(tmpdir(), 'understudy-profile-'));
  if (options.grants) {
    await seedGrants(profile, options.extensionId, options.grants);
  }
  return openProfile(profile, options);
};
