import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

/** What the agent allowed the extension before the test begins. */
export type Grants = {
  readonly origins?: readonly string[];
  readonly permissions?: readonly string[];
  /** Whether the extension sees private windows. */
  readonly privateWindows?: boolean;
};

/** A browser in which the agent is signed in and has allowed what the test says. */
export type LifeBrowser = {
  readonly context: BrowserContext;
  readonly popup: Page;
  readonly openPopup: () => Promise<Page>;
  readonly worker: () => Promise<Worker>;
  /** Stops the extension's worker as the browser does, at any moment. */
  readonly killWorker: () => Promise<void>;
  /** Goes from whatever the popup shows back to the search. */
  readonly backToSearch: () => Promise<void>;
  /** Chooses a customer and an app in the popup and gives the launch button's press. */
  readonly launch: (customer: string, app: string) => Promise<void>;
  /** The tab that the next action opens. */
  readonly nextTab: () => Promise<Page>;
  readonly profile: string;
  readonly close: () => Promise<void>;
};

const ARGUMENTS = [
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];

const start = async (profile: string, extension: string): Promise<BrowserContext> => {
  const executablePath = findChromium();
  if (!executablePath) throw new NoBrowserError('Run "npm test", which finds Chromium.');
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: null,
    args: [
      ...ARGUMENTS,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
};

/** Writes a grant where the browser keeps the agent's answers: its own question cannot be answered without a screen. */
const seedGrants = async (profile: string, id: string, grants: Grants): Promise<void> => {
  const path = join(profile, 'Default', 'Preferences');
  const preferences = JSON.parse(await readFile(path, 'utf8'));
  const settings = preferences.extensions.settings[id];
  const hosts = (grants.origins ?? []).map((origin) => {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  });
  const add = (name: string): void => {
    const known = settings[name] ?? {};
    settings[name] = {
      ...known,
      api: [...new Set([...(known.api ?? []), ...(grants.permissions ?? [])])],
      explicit_host: [...new Set([...(known.explicit_host ?? []), ...hosts])],
      manifest_permissions: known.manifest_permissions ?? [],
      scriptable_host: known.scriptable_host ?? [],
    };
  };
  settings.incognito = grants.privateWindows ?? false;
  add('granted_permissions');
  add('runtime_granted_permissions');
  add('active_permissions');
  await writeFile(path, JSON.stringify(preferences));
};

/** Opens Chromium with the built extension, the grants, the sandbox's backend, and the agent signed in. */
export const openLifeBrowser = async (
  endpoints: Endpoints,
  grants: Grants = {},
): Promise<LifeBrowser> => {
  const profile = await mkdtemp(join(tmpdir(), 'understudy-life-'));
  const extension = inRepository(endpoints.extension.chrome);
  const { id } = endpoints.extension;
  const first = await start(profile, extension);
  if (!first.serviceWorkers()[0]) await first.waitForEvent('serviceworker');
  await first.close();
  await seedGrants(profile, id, grants);
  const context = await start(profile, extension);

  const openView = async (view: 'popup' | 'options'): Promise<Page> => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 400, height: 600 });
    await page.goto(`chrome-extension://${id}/src/extension/${view}/index.html`);
    return page;
  };
  const signIn = async (page: Page): Promise<void> => {
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const login = await opened;
    await login.locator('[name=username]').fill(endpoints.accounts.agent.email);
    const password = login.locator('[name=password]');
    await password.fill(endpoints.accounts.agent.password);
    // The window may close before the key press is reported.
    await password.press('Enter').catch(() => undefined);
    await page.getByRole('combobox', { name: 'Find a customer' }).waitFor();
  };

  const options = await openView('options');
  await options.getByLabel('Backend address').fill(endpoints.backend);
  await options.getByRole('button', { name: 'Save' }).click();
  await options.getByText(/^Saved/).waitFor();
  await options.close();
  const popup = await openView('popup');
  await signIn(popup);

  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  const backToSearch = async (): Promise<void> => {
    await popup.bringToFront();
    for (let press = 0; press < 10 && !(await search.isVisible()); press += 1) {
      await popup.keyboard.press('Escape');
      await search.waitFor({ timeout: 500 }).catch(() => undefined);
    }
  };

  return {
    context,
    popup,
    profile,
    backToSearch,
    openPopup: () => openView('popup'),
    worker: async () =>
      context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker')),
    killWorker: async () => {
      const session = await context.newCDPSession(popup);
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    },
    launch: async (customer, app) => {
      await backToSearch();
      await search.fill(customer);
      await popup.getByRole('option', { name: customer }).first().click();
      await popup.getByRole('radio', { name: app }).check();
      await popup.getByLabel('Reason').fill('Cannot see the invoice');
      await popup.getByRole('button', { name: 'Act as customer' }).click();
    },
    nextTab: () => context.waitForEvent('page'),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};
