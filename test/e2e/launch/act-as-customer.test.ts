import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentBrowser, openSignedIn } from '../agent-browser.ts';
import { backToSearch } from '../back-to-search.ts';
import { nextTab } from '../next-tab.ts';
import { silentAuthorizeUrl } from '../silent-authorize.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');
const desk = targetApps.find(({ kind }) => kind === 'spa');

let browser: AgentBrowser;
let popup: Page;
beforeAll(async () => {
  ({ browser, popup } = await openSignedIn(endpoints, accounts.agent));
});
afterAll(() => browser.close());

const chooseCustomer = async (name: string): Promise<void> => {
  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  await search.fill(name);
  await popup.getByRole('option', { name }).first().waitFor();
  await search.press('ArrowDown');
  await search.press('Enter');
  await popup.getByRole('radiogroup', { name: 'Target app' }).waitFor();
};

const launch = async (app: string): Promise<Page> => {
  await popup.getByRole('radio', { name: app }).check();
  await popup.getByLabel('Reason').fill('Cannot see the invoice');
  const opened = nextTab(browser.context);
  await popup.getByRole('button', { name: 'Act as customer' }).click();
  return opened;
};

const endSession = async (tab: Page): Promise<void> => {
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'End session' }).first().click();
  await popup.getByText('Session ended').waitFor();
  await tab.close();
  await backToSearch(popup);
};

const actOf = async (tab: Page): Promise<unknown> =>
  JSON.parse((await tab.getByTestId('act').textContent()) ?? '');

describe('an agent', () => {
  it('an agent acts as a customer with the keyboard alone, and ends it', async () => {
    const search = popup.getByRole('combobox', { name: 'Find a customer' });
    await expect
      .poll(() => search.evaluate((field) => field === document.activeElement))
      .toBe(true);
    await popup.keyboard.type('nora lind');
    await popup.getByRole('option', { name: customer.name }).waitFor();
    await popup.keyboard.press('ArrowDown');
    await popup.keyboard.press('Enter');
    await popup.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    await popup.getByLabel('Reason').focus();
    await popup.keyboard.type('Cannot see the invoice');
    const opened = nextTab(browser.context);
    await popup.keyboard.press('Control+Enter');
    const tab = await opened;
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    expect(new URL(tab.url()).origin).toBe(new URL(shop?.home ?? '').origin);
    expect(await actOf(tab)).toMatchObject({
      app: shop?.id,
      mode: 'full',
      grant: 'm=120',
    });
    await endSession(tab);
  });

  it('an agent acts as a customer within their organization', async () => {
    await chooseCustomer(customer.name);
    await popup.getByRole('radio', { name: 'Desk' }).check();
    await popup.getByRole('radiogroup', { name: 'Organization' }).waitFor();
    const tab = await launch('Desk');
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    expect(await actOf(tab)).toMatchObject({ app: desk?.id, org: customer.organizations[0] });
    expect(tab.url()).not.toContain('session_transfer_token');
    await endSession(tab);
  });

  it('an agent is signed out of app and customers’ domain after ending', async () => {
    await chooseCustomer(customer.name);
    const tab = await launch('Shop');
    await tab.getByTestId('user').waitFor();
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'End session' }).first().click();
    await popup.getByText('Session ended').waitFor();
    const answered = tab.waitForRequest((request) => request.url().includes('error='));
    await tab.goto(silentAuthorizeUrl(endpoints)).catch(() => undefined);
    expect((await answered).url()).toContain('error=login_required');
    await tab.goto(shop?.home ?? '');
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
    await tab.close();
    await backToSearch(popup);
  });

  it('an agent keeps their own session on the agents’ domain untouched', async () => {
    const cookies = await browser.context.cookies(tenant.agents);
    expect(cookies.map(({ name }) => name)).toContain('auth0');
    expect((await browser.context.cookies(tenant.customers)).map(({ name }) => name)).not.toContain(
      'auth0',
    );
  });

  it('an agent finds the pair among the recent ones', async () => {
    const recent = popup.getByRole('list', { name: 'Recent' });
    await recent.getByText(customer.name).first().waitFor();
    expect(await recent.getByRole('listitem').count()).toBe(2);
  });
});

/** What may stand nowhere once the agent has signed out. */
type Personal = Readonly<Record<string, string>>;

/** The agent's tokens, each of which is there. */
const tokensOfAgent = async (): Promise<Personal> => {
  const { tokens } = await (await browser.worker()).evaluate(() =>
    chrome.storage.session.get<{ tokens?: Personal }>('tokens'),
  );
  const { accessToken = '', idToken = '', refreshToken = '' } = tokens ?? {};
  const found = { accessToken, idToken, refreshToken };
  const token = expect.stringMatching(/^\S{20,}$/);
  expect(found).toEqual({ accessToken: token, idToken: token, refreshToken: token });
  return found;
};

/** The names of those that stand in a text. */
const namesIn = (text: string, personal: Personal): readonly string[] =>
  Object.entries(personal).flatMap(([name, value]) => (text.includes(value) ? [name] : []));

describe('the extension', () => {
  it('the extension stores no session transfer token and no URL that had one', async () => {
    await chooseCustomer(customer.name);
    const openedTabs = await browser.watchOpenedTabs();
    const tab = await launch('Shop');
    await tab.getByTestId('user').waitFor();
    const [url] = await openedTabs();
    const token = new URL(url ?? '').searchParams.get('session_transfer_token');
    expect(token).toMatch(/\S{20,}/);
    expect(await browser.storage()).not.toContain(token);
    expect(await popup.content()).not.toContain(token);
    await endSession(tab);
  });

  it('the extension keeps tokens in session storage only, and personal data nowhere else', async () => {
    const { name, email } = customer;
    const personal = { ...(await tokensOfAgent()), name, email };
    const onDisk = await browser.storage(['local', 'sync']);
    expect(namesIn(onDisk, personal)).toEqual([]);
    expect(onDisk).not.toMatch(/eyJ/);
  });

  it('the extension forgets everything personal at sign-out, so that the next person is asked', async () => {
    const { name, email } = customer;
    const personal = { ...(await tokensOfAgent()), name, email };
    await popup.getByRole('button', { name: 'Sign out' }).click();
    await popup.getByRole('button', { name: 'Sign in' }).waitFor();
    await expect.poll(async () => namesIn(await browser.storage(), personal)).toEqual([]);
    expect(await browser.storage()).not.toMatch(/eyJ/);
    const opened = nextTab(browser.context);
    await popup.getByRole('button', { name: 'Sign in' }).click();
    const login = await opened;
    await login.locator('[name=username]').waitFor();
    await login.close();
    await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
