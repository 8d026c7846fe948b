import type { Page, Worker } from 'playwright';
import { findChromium, NoBrowserError } from '../../src/commands/chromium.ts';
import {
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../src/commands/extension-browser.ts';
import type { Endpoints } from '../../src/commands/sandbox-process.ts';
import { afterSignIn } from './after-sign-in.ts';
import { TEST_EXTENSION } from './built-for-tests.ts';
import { nextTab } from './next-tab.ts';
import { submitSignIn } from './sign-in-form.ts';

type Account = { readonly email: string; readonly password: string };

const STORAGE_AREAS = ['local', 'session', 'sync'] as const;
type StorageArea = (typeof STORAGE_AREAS)[number];

/** A browser with the extension, as an agent uses it. */
export type AgentBrowser = ExtensionBrowser & {
  readonly worker: () => Promise<Worker>;
  readonly openView: (view: 'popup' | 'options') => Promise<Page>;
  /** Saves the backend's address in the options page and gives what the page says then. */
  readonly saveBackend: (address: string) => Promise<string>;
  /** Signs in from a popup that shows the button. */
  readonly signIn: (popup: Page, account: Account) => Promise<void>;
  /** From now on, remembers the URLs of the tabs that the extension opens. */
  readonly watchOpenedTabs: () => Promise<() => Promise<readonly string[]>>;
  /** All that the extension stored, in every area or in those that are named. */
  readonly storage: (areas?: readonly StorageArea[]) => Promise<string>;
};

/** What of a sandbox, or of another set-up, an agent's browser needs. */
type BrowserEndpoints = {
  readonly extension: Pick<Endpoints['extension'], 'id'>;
  readonly backend: string;
};

/** Opens Chromium with the built extension. */
export const openAgentBrowser = async (
  endpoints: Pick<BrowserEndpoints, 'extension'>,
): Promise<AgentBrowser> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new NoBrowserError('Run "npm test", which finds or installs Chromium.');
  }
  const browser = await openExtensionBrowser({
    executablePath,
    extension: TEST_EXTENSION.chrome,
    extensionId: endpoints.extension.id,
    headless: true,
  });
  const { context } = browser;

  const worker = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));

  const openView = async (view: 'popup' | 'options'): Promise<Page> => {
    const page = await context.newPage();
    await page.setViewportSize(
      view === 'popup' ? { width: 400, height: 600 } : { width: 900, height: 800 },
    );
    await page.goto(
      `chrome-extension://${endpoints.extension.id}/src/extension/${view}/index.html`,
    );
    return page;
  };

  return {
    ...browser,
    worker,
    openView,
    saveBackend: async (address) => {
      const options = await openView('options');
      await options.getByLabel('Backend address').fill(address);
      await options.getByRole('button', { name: 'Save' }).click();
      const said = options
        .locator('[role=status], [role=alert]')
        .filter({ hasText: /\S/, hasNotText: '…' })
        .first();
      await said.waitFor();
      const text = (await said.textContent()) ?? '';
      await options.close();
      return text;
    },
    signIn: async (popup, account) => {
      const opened = nextTab(context);
      await popup.getByRole('button', { name: 'Sign in' }).click();
      const login = await opened;
      await submitSignIn(login, account);
      await afterSignIn(popup);
    },
    watchOpenedTabs: async () => {
      const background = await worker();
      await background.evaluate(() => {
        const opened: string[] = [];
        Object.assign(globalThis, { openedTabs: opened });
        const create = chrome.tabs.create.bind(chrome.tabs);
        Object.assign(chrome.tabs, {
          create: (properties: chrome.tabs.CreateProperties) => {
            opened.push(properties.url ?? '');
            return create(properties);
          },
        });
      });
      return () =>
        background.evaluate(
          () => (globalThis as unknown as { openedTabs: readonly string[] }).openedTabs,
        );
    },
    storage: async (areas = STORAGE_AREAS) => {
      const stored = await (await worker()).evaluate(
        (names) => Promise.all(names.map((name) => chrome.storage[name].get())),
        areas,
      );
      return JSON.stringify(stored);
    },
  };
};

/** A browser that is pointed at the backend, with a popup in which the account is signed in. */
export const openSignedIn = async (endpoints: BrowserEndpoints, account: Account) => {
  const browser = await openAgentBrowser(endpoints);
  await browser.saveBackend(endpoints.backend);
  const popup = await browser.openView('popup');
  await browser.signIn(popup, account);
  return { browser, popup };
};
