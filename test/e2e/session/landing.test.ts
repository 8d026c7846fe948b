import '../../../src/sandbox/resolve-localhost.mjs';
import type { Route } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';
import { snapshotOf } from './worker-answers.ts';

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
    const newest = async () => {
      const { launch } = await snapshotOf(browser.popup);
      return { state: launch?.state, landing: launch?.landing };
    };
    // So that only the tab tells of the sign-in at first.
    await levers.choose({ logDelayInSeconds: 3600 });
    // The tab has not loaded as long as the style sheet of the app's page is not answered.
    const styleSheet = Promise.withResolvers<Route>();
    const address = new URL('/app.css', shop?.home).href;
    await browser.context.route(address, styleSheet.resolve, { times: 1 });
    await browser.launch(customer.name, 'Shop');
    const route = await styleSheet.promise;
    await expect.poll(newest).toEqual({ state: 'opened', landing: 'watched' });
    await browser.killWorker();
    await route.continue();
    await expect.poll(newest).toEqual({ state: 'landed', landing: 'seen' });
    await levers.choose({ logDelayInSeconds: 0 });
    await expect.poll(newest).toEqual({ state: 'confirmed', landing: 'seen' });
    await browser.popup.reload();
    const sessions = browser.popup.getByRole('list', { name: 'Active sessions' });
    await sessions.getByText('confirmed', { exact: true }).waitFor();
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
