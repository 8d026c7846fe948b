import '../../../src/sandbox/resolve-localhost.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/commands/sandbox-process.ts';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import {
  chooseCustomer,
  launchWithReason,
  openAsAgent,
  text,
  USER,
} from '../firefox/agent-in-firefox.ts';
import { ownSessionAnswer } from './own-session.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

// A tenant with one domain: the agent's own session is where the customers' would be, and would block them.

const folder = mkdtempSync(join(tmpdir(), 'understudy-one-domain-'));
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox(folder, ['--one-domain']);
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('in Chromium', () => {
  let browser: SessionBrowser;
  beforeAll(async () => {
    const { endpoints } = sandbox;
    browser = await openSessionBrowser(endpoints, {
      origins: [...endpoints.targetApps.map(({ home }) => home), endpoints.tenant.customers],
      permissions: ['cookies'],
      privateWindows: true,
    });
  });
  afterAll(() => browser.close());

  it('on a tenant with one domain, a customer opens in a private window without the agent asking for it', async () => {
    const { customer } = sandbox.endpoints.accounts;
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    await (await opened).getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await browser.popup.getByText('Auth0 confirmed who is signed in').waitFor();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Verified by Auth0.').waitFor();
  });

  it('on a tenant with one domain, the agent stays signed in', async () => {
    expect(await ownSessionAnswer(browser, sandbox.endpoints)).toBe('signed_in');
  });

  it('on a tenant with one domain, an ordinary tab is refused before a token is asked for, and the window apart is one press away', async () => {
    const { customer } = sandbox.endpoints.accounts;
    await browser.launch(customer.name, 'Shop', 'New tab');
    await browser.popup.getByText('Somebody may be signed in there already').waitFor();
    const opened = browser.nextTab();
    await browser.popup.getByRole('button', { name: 'Open in a private window' }).press('Enter');
    await (await opened).getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
    expect(await ownSessionAnswer(browser, sandbox.endpoints)).toBe('signed_in');
  });

  it('on a tenant with one domain, an ordinary tab is the customer’s when the agent signs out there, and the extension stays signed in', async () => {
    const { accounts, targetApps } = sandbox.endpoints;
    const { customer } = accounts;
    const shop = targetApps.find(({ kind }) => kind === 'express');
    await browser.launch(customer.name, 'Shop', 'New tab');
    await browser.popup.getByText('Somebody may be signed in there already').waitFor();
    await browser.popup.getByRole('button', { name: 'Sign it out and continue' }).click();
    await browser.popup.getByText('Auth0 confirmed who is signed in').waitFor();
    const tab = browser.context
      .pages()
      .findLast((page) => page.url().startsWith(shop?.home ?? '-'));
    expect(await tab?.getByTestId('user').textContent()).toContain(customer.name);
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Session ended').waitFor();
    expect(await ownSessionAnswer(browser, sandbox.endpoints)).toBe('login_required');
    await browser.backToSearch();
    await browser.popup.getByRole('combobox', { name: 'Find a customer' }).fill('Sofia');
    await browser.popup.getByRole('option', { name: 'Sofia' }).first().waitFor();
  });
});

describe.runIf(canRunWith(FIREFOX))('in Firefox', () => {
  it('on a tenant with one domain in Firefox, a customer opens in a container without the agent asking for it', async () => {
    const { endpoints } = sandbox;
    const { name } = endpoints.accounts.customer;
    const { firefox, panel } = await openAsAgent(endpoints);
    await chooseCustomer(firefox, name);
    await launchWithReason(firefox);
    expect(await firefox.textOf(USER)).toContain(name);
    await firefox.switchTo(panel);
    await firefox.waitFor(text('Confirmed by'));
    await firefox.close();
  });
});
