import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { ownSessionAnswer } from './own-session.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

describe('two customers side by side, one in a private window', () => {
  let browser: SessionBrowser;
  let ordinary: Page;
  let hidden: Page;

  beforeAll(async () => {
    await endAllSessions(endpoints);
    browser = await openSessionBrowser(endpoints, {
      origins: [shop?.home ?? '', tenant.customers],
      permissions: ['cookies'],
      privateWindows: true,
    });
    const first = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    ordinary = await first;
    await ordinary.getByTestId('user').waitFor();
    const second = browser.nextTab();
    await browser.launch('Sofia', 'Shop', 'Private window');
    hidden = await second;
    await hidden.getByTestId('user').waitFor();
  });
  afterAll(() => browser.close());

  it('two customers side by side stay who they are', async () => {
    await ordinary.reload();
    await hidden.reload();
    expect(await ordinary.getByTestId('user').textContent()).toContain(customer.name);
    expect(await hidden.getByTestId('user').textContent()).toContain('Sofia');
  });

  it('two customers side by side are both active, and both confirmed', async () => {
    await browser.popup.bringToFront();
    await browser.popup.getByRole('button', { name: 'Find another customer' }).click();
    const sessions = browser.popup.getByRole('list', { name: 'Active sessions' });
    await expect.poll(() => sessions.getByText('confirmed', { exact: true }).count()).toBe(2);
  });

  it('two customers side by side have each their own banner', async () => {
    const nameIn = async (page: Page): Promise<string> => {
      const session = await browser.context.newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      await session.detach();
      const texts = nodes.map(({ name }) => String(name?.value ?? ''));
      return texts.slice(texts.indexOf('Acting as')).join(' ');
    };
    await expect.poll(() => nameIn(ordinary)).toContain(customer.name);
    await expect.poll(() => nameIn(hidden)).toContain('Sofia');
  });

  it('one of two customers side by side is ended without the other', async () => {
    const { popup } = browser;
    await popup
      .getByRole('listitem')
      .filter({ hasText: 'Sofia' })
      .getByRole('button', { name: 'End session' })
      .click();
    await popup.getByText('Session ended').waitFor();
    await popup.getByText('has no session left in this browser').waitFor();
    await ordinary.reload();
    expect(await ordinary.getByTestId('user').textContent()).toContain(customer.name);
    await hidden.goto(shop?.home ?? '');
    await hidden.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  it('the customer in a private window ends with the last private window', async () => {
    const { popup } = browser;
    const opened = browser.nextTab();
    await browser.launch('Sofia', 'Shop', 'Private window');
    const tab = await opened;
    await tab.getByTestId('user').filter({ hasText: 'Sofia' }).waitFor();
    await popup.bringToFront();
    await popup.getByText('Auth0 confirmed who is signed in').waitFor();
    await hidden.close();
    await tab.close();
    await popup.getByText('Session ended').waitFor();
    await popup.getByText('has no session left in this browser').waitFor();
    await ordinary.reload();
    expect(await ordinary.getByTestId('user').textContent()).toContain(customer.name);
  });

  it('two customers side by side leave the agent’s own session on the agents’ domain as it is', async () => {
    expect(await ownSessionAnswer(browser, endpoints)).toBe('signed_in');
  });
});

describe('where the extension may not see private windows', () => {
  it('a launch opens a private window also where the extension may not see it, and says that nobody watches it', async () => {
    const levers = await createTenantLevers(endpoints);
    onTestFinished(async () => {
      await levers.reset();
    });
    // What the panel says while it waits for the log can be read only as long as the log is not there.
    await levers.choose({ logDelayInSeconds: 3 });
    const browser = await openSessionBrowser(endpoints);
    await browser.popup.getByRole('combobox', { name: 'Find a customer' }).fill(customer.name);
    await browser.popup.getByRole('option', { name: customer.name }).first().click();
    await browser.popup.getByText('Private window', { exact: true }).click();
    await browser.popup.getByText('cannot see or end what is in it').waitFor();
    const opened = browser.nextTab();
    await browser.popup.getByRole('radio', { name: 'Shop' }).check();
    await browser.popup.getByLabel('Reason').fill('Cannot see the invoice');
    await browser.popup.getByRole('button', { name: 'Act as customer' }).click();
    await browser.popup.getByText('a private window that Understudy cannot see').waitFor();
    await (await opened).getByTestId('user').waitFor();
    await browser.popup.getByText('Confirmed by Auth0.').waitFor();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Verified by Auth0.').waitFor();
    await browser.popup.getByText('Close that window to be sure').waitFor();
    await browser.close();
  });
});
