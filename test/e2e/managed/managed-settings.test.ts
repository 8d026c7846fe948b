import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../../src/commands/extension-browser.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { TEST_EXTENSION } from '../built-for-tests.ts';
import { violationsOf } from '../extension/page-checks.ts';
import { nextTab } from '../next-tab.ts';
import { submitSignIn } from '../sign-in-form.ts';
import { type BrowserWithPolicy, chromiumWithPolicy, whyNoPolicy } from './browser-with-policy.ts';

const endpoints = workerEndpoints();
const { accounts, backend } = endpoints;
const { id } = endpoints.extension;
const reason = whyNoPolicy();

const SETTINGS = {
  backendUrl: backend,
  openIn: 'private_window',
  endWithLastTab: true,
  language: 'de',
  offersDeclined: true,
};
const policyWith = (settings: object): object => ({
  '3rdparty': { extensions: { [id]: settings } },
});

// Where it is skipped, the reason is in the title.
describe.skipIf(reason)(`a company's settings${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let chromium: BrowserWithPolicy;
  let browser: ExtensionBrowser;
  let popup: Page;

  const openView = async (view: 'popup' | 'options'): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${id}/src/extension/${view}/index.html`);
    return page;
  };
  const itemTitles = async (): Promise<string> => {
    const [worker] = browser.context.serviceWorkers();
    return JSON.stringify(await worker?.evaluate(() => chrome.storage.session.get('menus')));
  };

  beforeAll(async () => {
    await endAllSessions(endpoints);
    chromium = chromiumWithPolicy(policyWith(SETTINGS));
    browser = await openExtensionBrowser({
      executablePath: chromium.executablePath,
      extension: TEST_EXTENSION.chrome,
      extensionId: id,
      headless: true,
    });
    popup = await openView('popup');
    const opened = nextTab(browser.context);
    await popup.getByRole('button', { name: 'Anmelden' }).click();
    const login = await opened;
    await submitSignIn(login, accounts.agent);
  });
  afterAll(async () => {
    await browser?.close();
    chromium?.remove();
  });

  it('declined offers are never made: after the first sign-in comes the search', async () => {
    await popup.getByRole('combobox', { name: 'Kunden suchen' }).waitFor();
    expect(await popup.getByText('Zugriffe, die sich lohnen').count()).toBe(0);
  });

  it('the language is the company’s in popup and menus, whatever the browser speaks', async () => {
    expect(await popup.evaluate(() => navigator.language)).toBe('en-US');
    expect(await popup.evaluate(() => document.documentElement.lang)).toBe('de');
    await expect.poll(itemTitles).toContain('Als dieser Kunde handeln');
  });

  it('a launch opens where the company says unless the agent chooses another place for it', async () => {
    const search = popup.getByRole('combobox', { name: 'Kunden suchen' });
    await search.fill(accounts.customer.name);
    await popup.getByRole('option', { name: accounts.customer.name }).first().click();
    const places = popup.getByRole('radiogroup', { name: 'Öffnen in' });
    expect(await places.getByRole('radio', { name: 'Privates Fenster' }).isChecked()).toBe(true);
    const newTab = places.getByRole('radio', { name: 'Neuer Tab' });
    await newTab.check();
    await popup.getByLabel('Grund').fill('Rechnung fehlt');
    const opened = nextTab(browser.context);
    await popup.getByRole('button', { name: 'Als Kunde handeln' }).click();
    const tab = await opened;
    await tab.getByTestId('user').filter({ hasText: accounts.customer.name }).waitFor();
  });

  it('the options page shows every setting as the company’s, and changes none', async () => {
    const options = await openView('options');
    await options.getByText('Von Ihrem Unternehmen festgelegt').first().waitFor();
    expect(await options.getByRole('textbox').first().isEditable()).toBe(false);
    const lastTab = options.getByRole('checkbox', { name: /letzter Tab/ });
    expect([await lastTab.isChecked(), await lastTab.isDisabled()]).toEqual([true, true]);
    expect(await options.getByRole('button', { name: 'Erlauben', exact: true }).count()).toBe(0);
    expect(await violationsOf(options)).toEqual([]);
    await options.close();
  });

  it('a policy that changes while the browser runs is followed, and a wrong value of it is named', async () => {
    const options = await openView('options');
    chromium.write(policyWith({ backendUrl: backend, openIn: 'window', endWithLastTab: false }));
    // The browser itself takes up to a quarter of a minute to notice.
    const wrong = options.getByRole('alert').filter({ hasText: 'openIn' });
    await wrong.waitFor({ timeout: 60_000 });
    expect(await wrong.textContent()).toContain('"window"');
    expect(await options.evaluate(() => document.documentElement.lang)).toBe('en');
    const lastTab = options.getByRole('checkbox', { name: /last tab is closed/ });
    expect([await lastTab.isChecked(), await lastTab.isDisabled()]).toEqual([false, true]);
    await options.getByRole('button', { name: 'Allow', exact: true }).first().waitFor();
    await options.close();
  });
});
