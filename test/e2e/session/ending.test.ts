import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { silentAuthorizeUrl } from '../silent-authorize.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
beforeAll(() => endAllSessions(endpoints));
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

let readLedger: Awaited<ReturnType<typeof createLedgerReader>>;
let browser: SessionBrowser;
beforeAll(async () => {
  readLedger = await createLedgerReader(endpoints);
  browser = await openSessionBrowser(endpoints, {
    origins: [shop?.home ?? '', tenant.customers],
    permissions: ['cookies'],
  });
});
afterAll(() => browser.close());

const land = async (): Promise<Page> => {
  const opened = browser.nextTab();
  await browser.launch(customer.name, 'Shop');
  const tab = await opened;
  await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
  return tab;
};

/** What the customers' domain says to an app that asks without a prompt. */
const askWithoutPrompt = async (): Promise<string> => {
  const page = await browser.context.newPage();
  const answered = page.waitForRequest((request) => request.url().includes('/callback?'));
  await page.goto(silentAuthorizeUrl(endpoints)).catch(() => undefined);
  const url = (await answered).url();
  await page.close();
  return url;
};

describe('after End', () => {
  it('after an end, every tab shows signed out, the customers’ domain has no session, and the ledger has the end', async () => {
    const tab = await land();
    const second = await browser.context.newPage();
    await second.goto(shop?.home ?? '');
    await second.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await browser.popup.bringToFront();
    await browser.popup.getByText(/Auth0 confirmed/).waitFor();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    await browser.popup.getByText('Verified by Auth0.').waitFor();
    await browser.popup.getByText('has no session left in this browser').waitFor();
    await second.getByRole('link', { name: 'Sign in' }).waitFor();
    await tab.goto(shop?.home ?? '');
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await askWithoutPrompt()).toContain('error=login_required');
    const rows = await readLedger();
    expect(rows.findLast(({ type }) => type === 'launch_ended')).toMatchObject({
      type: 'launch_ended',
      cause: 'agent',
    });
    await second.close();
    await tab.close();
  });

  it('a worker that was killed while it ended a session is succeeded by one that ends it once', async () => {
    const tab = await land();
    const logout = new URL('/logout', shop?.home).href;
    let wasKilled = false;
    await browser.context.route(
      (url) => url.href.startsWith(logout),
      async (route) => {
        await browser.context.unrouteAll({ behavior: 'ignoreErrors' });
        await browser.killWorker();
        wasKilled = true;
        await route.continue();
      },
    );
    await browser.popup.bringToFront();
    await browser.popup.getByRole('button', { name: 'End session' }).click();
    const again = await browser.openPopup();
    await again.getByText('Session ended').waitFor();
    expect(wasKilled).toBe(true);
    await again.close();
    await browser.popup.reload();
    expect(await askWithoutPrompt()).toContain('error=login_required');
    const rows = await readLedger();
    expect(rows.filter(({ type }) => type === 'launch_ended')).toHaveLength(1);
    await tab.close();
  });

  it('signing out ends every session first', async () => {
    const tab = await land();
    await browser.popup.bringToFront();
    await browser.popup.getByRole('button', { name: 'Sign out' }).click();
    await browser.popup.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await askWithoutPrompt()).toContain('error=login_required');
    const rows = await readLedger();
    expect(rows.findLast(({ type }) => type === 'launch_ended')).toMatchObject({
      type: 'launch_ended',
      cause: 'signed_out',
    });
    await tab.close();
  });
});
