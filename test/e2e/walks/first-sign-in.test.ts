import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import {
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../../src/commands/extension-browser.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { TEST_EXTENSION } from '../built-for-tests.ts';
import { nextTab } from '../next-tab.ts';
import { submitSignIn } from '../sign-in-form.ts';
import { grantsOf, PERMISSIONS } from './permissions.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;
const { customer } = accounts;

describe(`with ${PERMISSIONS} permissions`, () => {
  let browser: ExtensionBrowser;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    const executablePath = findChromium();
    if (!executablePath) {
      throw new NoBrowserError('Run "npm test", which finds Chromium.');
    }
    browser = await openExtensionBrowser({
      executablePath,
      extension: TEST_EXTENSION.chrome,
      extensionId: endpoints.extension.id,
      headless: true,
      grants: grantsOf(endpoints),
    });
  });
  afterAll(() => browser.close());

  const openView = async (view: 'popup' | 'options'): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.goto(
      `chrome-extension://${endpoints.extension.id}/src/extension/${view}/index.html`,
    );
    return page;
  };

  const signIn = async (popup: Page): Promise<void> => {
    const opened = nextTab(browser.context);
    await popup.getByRole('button', { name: 'Sign in' }).click();
    const login = await opened;
    await submitSignIn(login, accounts.agent);
  };

  const search = (popup: Page) => popup.getByRole('combobox', { name: 'Find a customer' });

  it(`with ${PERMISSIONS} permissions, what each access buys is offered once after the first sign-in, with every site in full, and declined for good`, async () => {
    const options = await openView('options');
    await options.getByLabel('Backend address').fill(endpoints.backend);
    await options.getByRole('button', { name: 'Save' }).click();
    await options.getByText(/^Saved/).waitFor();
    await options.close();
    const popup = await openView('popup');
    await signIn(popup);
    const decline = popup.getByRole('button', { name: 'No, don’t ask again' });
    await decline.waitFor();
    const offers = popup.getByRole('checkbox');
    expect(await offers.count()).toBe(3);
    const sites = await popup.locator('.origins').allTextContents();
    for (const { home } of targetApps) {
      expect(sites.join(' ')).toContain(`//${new URL(home).hostname}`);
    }
    expect(sites.join(' ')).not.toMatch(/\*\.|\*:\/\/|<all_urls>/);
    await decline.click();
    await search(popup).waitFor();
    await popup.reload();
    await search(popup).waitFor();
    expect(await decline.count()).toBe(0);
    await popup.close();
  });

  it(`with ${PERMISSIONS} permissions, a popup that closes as the tab opens takes nothing with it: the badge knows, and the next popup says it first`, async () => {
    const popup = await openView('popup');
    await search(popup).fill(customer.name);
    await popup.getByRole('option', { name: customer.name }).first().click();
    await popup.getByRole('radio', { name: 'Shop' }).check();
    await popup.getByLabel('Reason').fill('Cannot see the invoice');
    const opened = nextTab(browser.context);
    await popup.getByRole('button', { name: 'Act as customer' }).click();
    const tab = await opened;
    await popup.close();
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    const [worker] = browser.context.serviceWorkers();
    await tab.bringToFront();
    await expect
      .poll(() =>
        worker?.evaluate(async () => {
          const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          const shown = { tabId: front?.id ?? 0 };
          return [await chrome.action.getBadgeText(shown), await chrome.action.getTitle(shown)];
        }),
      )
      .toEqual(['NL', expect.stringContaining(customer.name)]);
    const next = await openView('popup');
    const first = next.getByRole('list').first();
    await first.getByText(customer.name).waitFor();
    expect(await first.getAttribute('aria-labelledby')).toBe('active-sessions');
    await next.getByRole('button', { name: 'End session' }).first().click();
    await next.getByText('Session ended').waitFor();
  });
});
