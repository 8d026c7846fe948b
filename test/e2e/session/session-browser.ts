import type { BrowserContext, Page, Worker } from 'playwright';
import type { Grants } from '../../../src/commands/browser-grants.ts';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import {
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../../src/commands/extension-browser.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { afterSignIn } from '../after-sign-in.ts';
import { backToSearch } from '../back-to-search.ts';
import { TEST_EXTENSION } from '../built-for-tests.ts';
import { nextTab } from '../next-tab.ts';
import { submitSignIn } from '../sign-in-form.ts';

/** Where a launch opens, as the panel calls it. */
type Place = 'New tab' | 'Private window';

/** A browser that was just started again. */
export type RestartedBrowser = {
  readonly worker: () => Promise<Worker>;
  readonly openPopup: () => Promise<Page>;
  readonly signIn: () => Promise<SessionBrowser>;
  readonly close: () => Promise<void>;
};

/** A browser in which the agent is signed in and has allowed what the test says. */
export type SessionBrowser = {
  readonly context: BrowserContext;
  readonly popup: Page;
  readonly openPopup: () => Promise<Page>;
  readonly worker: () => Promise<Worker>;
  /** Stops the extension's worker as the browser does, at any moment. */
  readonly killWorker: () => Promise<void>;
  /** Goes from whatever the popup shows back to the search. */
  readonly backToSearch: () => Promise<void>;
  /** Chooses a customer and an app in the popup and gives the launch button's press. */
  readonly launch: (customer: string, app: string, place?: Place) => Promise<void>;
  /** What the toolbar's icon shows while a tab is in front. */
  readonly badgeOn: (tab: Page) => Promise<string>;
  /** What a pointer on the toolbar's icon is told while a tab is in front. */
  readonly titleOn: (tab: Page) => Promise<string>;
  /** The tab that the next action opens. */
  readonly nextTab: () => Promise<Page>;
  readonly profile: string;
  /** Quits the browser and starts it again with the same profile; nobody is signed in yet. */
  readonly restartSignedOut: () => Promise<RestartedBrowser>;
  /** Quits the browser, starts it again with the same profile, and signs the agent in. */
  readonly restart: () => Promise<SessionBrowser>;
  readonly close: () => Promise<void>;
};

/** The extension's own worker, not the one that leads launches on. */
const isOwn = (worker: Worker): boolean => worker.url().endsWith('/service-worker-loader.js');
const workerOf = async (context: BrowserContext): Promise<Worker> =>
  context.serviceWorkers().find(isOwn) ??
  (await context.waitForEvent('serviceworker', { predicate: isOwn }));

const openViewIn = async (
  context: BrowserContext,
  id: string,
  view: 'popup' | 'options',
): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize({ width: 400, height: 600 });
  await page.goto(`chrome-extension://${id}/src/extension/${view}/index.html`);
  return page;
};

/** Signs the agent in, in a browser that knows the backend. */
const signedInBrowser = async (
  browser: ExtensionBrowser,
  endpoints: Endpoints,
  isNew: boolean,
): Promise<SessionBrowser> => {
  const { context, profile } = browser;
  const { id } = endpoints.extension;

  const openView = (view: 'popup' | 'options'): Promise<Page> => openViewIn(context, id, view);
  const signIn = async (page: Page): Promise<void> => {
    const signedIn = afterSignIn(page);
    // No window shows where the tenant knows the agent already.
    const opened = context.waitForEvent('page').catch(() => undefined);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const login = await Promise.race([opened, signedIn.then(() => undefined)]);
    if (login) {
      await submitSignIn(login, endpoints.accounts.agent);
    }
    await signedIn;
  };

  if (isNew) {
    const options = await openView('options');
    await options.getByLabel('Backend address').fill(endpoints.backend);
    await options.getByRole('button', { name: 'Save' }).click();
    await options.getByText(/^Saved/).waitFor();
    await options.close();
  }
  const worker = (): Promise<Worker> => workerOf(context);
  const popup = await openView('popup');
  await signIn(popup);

  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  const returnToSearch = async (): Promise<void> => {
    await popup.bringToFront();
    await backToSearch(popup);
  };

  const readOn = async (tab: Page, read: 'getBadgeText' | 'getTitle'): Promise<string> => {
    await tab.bringToFront();
    return (await worker()).evaluate(async (name) => {
      const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return chrome.action[name](front?.id === undefined ? {} : { tabId: front.id });
    }, read);
  };

  return {
    context,
    popup,
    profile,
    backToSearch: returnToSearch,
    openPopup: () => openView('popup'),
    worker,
    badgeOn: (tab) => readOn(tab, 'getBadgeText'),
    titleOn: (tab) => readOn(tab, 'getTitle'),
    killWorker: async () => {
      const session = await context.newCDPSession(popup);
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    },
    launch: async (customer, app, place) => {
      await returnToSearch();
      await search.fill(customer);
      await popup.getByRole('option', { name: customer }).first().click();
      await popup.getByRole('radio', { name: app }).check();
      if (place) {
        await popup.getByText(place, { exact: true }).click();
      }
      await popup.getByLabel('Reason').fill('Cannot see the invoice');
      const act = popup.getByRole('button', { name: 'Act as customer' });
      await act.click().catch(async (error: unknown) => {
        const shown = await popup.locator('body').innerText();
        throw new Error(`No launch from: ${shown}`, { cause: error });
      });
    },
    nextTab: () => nextTab(context),
    restart: async () => signedInBrowser(await browser.restart(), endpoints, false),
    restartSignedOut: async () => {
      const restarted = await browser.restart();
      return {
        worker: () => workerOf(restarted.context),
        openPopup: () => openViewIn(restarted.context, id, 'popup'),
        signIn: () => signedInBrowser(restarted, endpoints, false),
        close: restarted.close,
      };
    },
    close: browser.close,
  };
};

/**
 * Opens Chromium with the grants, the sandbox's backend, and the agent signed in. The extension is the build
 * that waits less, unless another one is named.
 */
export const openSessionBrowser = async (
  endpoints: Endpoints,
  grants: Grants = {},
  extension: string = TEST_EXTENSION.chrome,
): Promise<SessionBrowser> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new NoBrowserError('Run "npm test", which finds Chromium.');
  }
  const browser = await openExtensionBrowser({
    executablePath,
    extension,
    extensionId: endpoints.extension.id,
    headless: true,
    grants,
  });
  return signedInBrowser(browser, endpoints, true);
};
