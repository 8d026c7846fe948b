import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';
import { signInByHand } from './somebody-signed-in.ts';

const endpoints = workerEndpoints();
beforeAll(() => endAllSessions(endpoints));
const { targetApps, tenant, accounts } = endpoints;
const shop = targetApps.find(({ kind }) => kind === 'express');

const open = async (browser: SessionBrowser, customer: string): Promise<Page> => {
  const opened = browser.nextTab();
  await browser.launch(customer, 'Shop');
  const tab = await opened;
  await tab.getByTestId('user').filter({ hasText: customer }).waitFor();
  return tab;
};

const CUSTOMERS = [accounts.customer.name, 'Sofia', 'Amara'];

describe('without access to cookies', () => {
  let browser: SessionBrowser;
  beforeAll(async () => {
    browser = await openSessionBrowser(endpoints, {
      origins: [shop?.home ?? '', tenant.customers],
    });
  });
  afterAll(() => browser.close());

  it('somebody else’s session is diagnosed without access to cookies, and signed out when the agent says so', async () => {
    const own = await signInByHand(browser.context, endpoints);
    await browser.launch(accounts.customer.name, 'Shop');
    await browser.popup
      .getByRole('alert')
      .filter({ hasText: /already signed in/ })
      .waitFor();
    await browser.popup.getByRole('button', { name: 'Sign it out and continue' }).click();
    await browser.popup.getByText('You are acting as').waitFor();
    await browser.popup.getByText(/Auth0 confirmed/).waitFor();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
    await own.close();
  });

  it('three customers one after the other open in ordinary tabs, and no tab of one silently becomes the next', async () => {
    const tabs: Page[] = [];
    const names: string[] = [];
    for (const wanted of CUSTOMERS) {
      const tab = await open(browser, wanted);
      tabs.push(tab);
      names.push((await tab.getByTestId('user').textContent()) ?? '');
    }
    expect(new Set(names).size).toBe(3);
    await expect.poll(() => tabs.map((tab) => tab.isClosed())).toEqual([true, true, false]);
    const shown = await Promise.all(
      browser.context.pages().map((page) => page.getByTestId('user').allTextContents()),
    );
    expect(shown.flat()).toEqual([names[2]]);
    const cookies = await browser.context.cookies(tenant.agents);
    expect(cookies.map(({ name }) => name)).toContain('auth0');
  });
});

it('somebody else’s session is found before anything is asked for, with access to cookies', async () => {
  const browser = await openSessionBrowser(endpoints, {
    origins: [shop?.home ?? '', tenant.customers],
    permissions: ['cookies'],
  });
  await signInByHand(browser.context, endpoints);
  let asked = 0;
  browser.context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/launches')) {
      asked += 1;
    }
  });
  await browser.launch(accounts.customer.name, 'Shop');
  await browser.popup.getByText('Somebody may be signed in there already').waitFor();
  expect(asked).toBe(0);
  await browser.popup.getByRole('button', { name: 'Sign it out and continue' }).click();
  await browser.popup.getByText(/Auth0 confirmed/).waitFor();
  await browser.close();
});
