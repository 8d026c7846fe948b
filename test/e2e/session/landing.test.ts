import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
beforeAll(() => endAllSessions(endpoints));
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

let levers: TenantLevers;
beforeAll(async () => {
  levers = await createTenantLevers(endpoints);
});
afterEach(() => levers.reset());

const endShown = async ({ popup }: SessionBrowser): Promise<void> => {
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'End session' }).first().click();
  await popup.getByText('Session ended').waitFor();
};

describe('with access to the app’s pages', () => {
  let browser: SessionBrowser;
  beforeAll(async () => {
    browser = await openSessionBrowser(endpoints, {
      origins: [shop?.home ?? '', tenant.customers],
    });
  });
  afterAll(() => browser.close());

  it('with access to the app’s pages, a launch is seen to land and confirmed, also by a worker that was killed while it watched', async () => {
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    const tab = await opened;
    // Until then the worker itself sends the tab on, and nothing is watched.
    await tab.waitForURL(/^http:/, { waitUntil: 'commit' });
    await browser.killWorker();
    await tab.getByTestId('user').waitFor();
    const again = await browser.openPopup();
    await again
      .getByText(/confirm(?:ed|s)/)
      .first()
      .waitFor();
    await again.close();
    await browser.popup.reload();
    await endShown(browser);
  });

  it('with access to the app’s pages, a tab that is closed at once is not landed', async () => {
    await levers.call('PATCH', `/sandbox/apps/${shop?.id}`, { running: false });
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    await (await opened).close();
    await browser.popup
      .getByRole('alert')
      .filter({ hasText: /closed|does not answer/ })
      .waitFor();
  });
});
