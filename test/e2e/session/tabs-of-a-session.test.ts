import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

let browser: SessionBrowser;
let readLedger: Awaited<ReturnType<typeof createLedgerReader>>;
beforeAll(async () => {
  await endAllSessions(endpoints);
  readLedger = await createLedgerReader(endpoints);
  browser = await openSessionBrowser(endpoints, {
    origins: [shop?.home ?? '', tenant.customers],
    permissions: ['cookies', 'tabGroups'],
  });
});
afterAll(() => browser.close());

const land = async (name: string): Promise<Page> => {
  const opened = browser.nextTab();
  await browser.launch(name, 'Shop');
  const tab = await opened;
  await tab.getByTestId('user').filter({ hasText: name }).waitFor();
  await browser.popup.bringToFront();
  await browser.popup.getByText('Auth0 confirmed who is signed in').waitFor();
  return tab;
};

const groups = async () =>
  (await browser.worker()).evaluate(async () =>
    (await chrome.tabGroups.query({})).map(({ title, color }) => ({ title, color })),
  );

describe('the tabs of a session', () => {
  it('the tabs of a session are in a group with the customer’s name until it ends', async () => {
    const tab = await land(customer.name);
    await expect.poll(groups).toEqual([{ title: customer.name, color: 'blue' }]);
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
    expect(await groups()).toEqual([]);
    await tab.close();
  });

  it('the tabs of a session are named before they close for another customer, and then none of them is left', async () => {
    const tab = await land(customer.name);
    const second = await browser.context.newPage();
    await second.goto(shop?.home ?? '');
    await second.getByTestId('user').waitFor();
    const title = await second.title();
    await browser.backToSearch();
    await browser.popup.getByRole('combobox', { name: 'Find a customer' }).fill('Sofia');
    await browser.popup.getByRole('option', { name: 'Sofia' }).first().click();
    await browser.popup
      .getByRole('status')
      .filter({ hasText: `These tabs will close: ${title} (2).` })
      .waitFor();
    const next = await land('Sofia');
    expect([tab.isClosed(), second.isClosed()]).toEqual([true, true]);
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
    await next.close();
  });

  it('closing the last tab of a session leaves the session as it is', async () => {
    const tab = await land(customer.name);
    await tab.close();
    await browser.backToSearch();
    const sessions = browser.popup.getByRole('list', { name: 'Active sessions' });
    await sessions.getByText(customer.name).waitFor();
    await sessions.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
  });

  it('closing the last tab of a session ends it, where the agent chose so', async () => {
    const options = await browser.context.newPage();
    await options.goto(browser.popup.url().replace('popup', 'options'));
    await options.getByRole('checkbox', { name: /last tab is closed/ }).check();
    await options.close();
    const tab = await land(customer.name);
    const second = await browser.context.newPage();
    await second.goto(shop?.home ?? '');
    await second.getByTestId('user').waitFor();
    await tab.close();
    await second.reload();
    await second.getByTestId('user').waitFor();
    await second.close();
    // The tenant's log may show the session only after its end.
    await expect
      .poll(async () => (await readLedger()).findLast(({ type }) => type !== 'session_found'))
      .toMatchObject({ type: 'launch_ended', cause: 'tab_closed' });
    const again = await browser.context.newPage();
    await again.goto(shop?.home ?? '');
    await again.getByRole('link', { name: 'Sign in' }).waitFor();
    await again.close();
  });
});
