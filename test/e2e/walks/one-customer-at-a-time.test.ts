import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from '../session/session-browser.ts';
import { endElsewhere, snapshotOf } from '../session/worker-answers.ts';
import { grantsOf, PERMISSIONS } from './permissions.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const OTHER = 'Sofia';
/** What the backend is asked, so that a test can take it away. */
const BACKEND = `${endpoints.backend}/**`;

describe(`with ${PERMISSIONS} permissions`, () => {
  let browser: SessionBrowser;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    browser = await openSessionBrowser(endpoints, grantsOf(endpoints));
  });
  afterEach(async () => {
    const { sessions } = await snapshotOf(browser.popup);
    for (const { id, standing } of sessions) {
      if (standing !== 'ending') {
        await endElsewhere(browser.popup, id);
      }
    }
  });
  afterAll(() => browser.close());

  const choose = async (name: string, app: string): Promise<void> => {
    await browser.backToSearch();
    await browser.popup.getByRole('combobox', { name: 'Find a customer' }).fill(name);
    await browser.popup.getByRole('option', { name }).first().click();
    await browser.popup.getByRole('radio', { name: app }).check();
  };

  const land = async (): Promise<Page> => {
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    const tab = await opened;
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await expect
      .poll(async () => (await snapshotOf(browser.popup)).sessions.map(({ standing }) => standing))
      .toContain('acting');
    return tab;
  };

  const isOnLaunchButton = (): Promise<boolean> =>
    browser.popup
      .getByRole('button', { name: 'Act as customer' })
      .evaluate((button) => button === document.activeElement);

  it(`with ${PERMISSIONS} permissions, a reason that was typed for one customer is not in the launch of another`, async () => {
    const { popup } = browser;
    await choose(customer.name, 'Shop');
    await popup.getByLabel('Reason').fill('The invoice of Nora');
    await choose(OTHER, 'Shop');
    expect(await popup.getByLabel('Reason').inputValue()).toBe('');
    expect(await isOnLaunchButton()).toBe(false);
    await popup.getByLabel('Reason').fill('The order of Sofia');
    await popup.getByRole('button', { name: 'Act as customer' }).click();
    await expect
      .poll(async () => (await snapshotOf(popup)).launch?.request?.reason)
      .toBe('The order of Sofia');
    await expect
      .poll(async () => (await snapshotOf(popup)).sessions.map(({ standing }) => standing))
      .toContain('acting');
  });

  it(`with ${PERMISSIONS} permissions, nothing is closed for a new launch when the backend is down`, async () => {
    const tab = await land();
    await choose(OTHER, 'Shop');
    await browser.popup.getByLabel('Reason').fill('The order of Sofia');
    await browser.context.route(BACKEND, (route) => route.abort());
    await browser.popup.getByRole('button', { name: 'Act as customer' }).click();
    await browser.popup.getByRole('alert').first().waitFor();
    await browser.context.unroute(BACKEND);
    expect(tab.isClosed()).toBe(false);
    await tab.reload();
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    const { sessions } = await snapshotOf(browser.popup);
    expect(sessions.filter(({ standing }) => standing === 'acting')).toMatchObject([
      { customerName: customer.name },
    ]);
    await tab.close();
  });

  it(`with ${PERMISSIONS} permissions, the same customer in a second app ends the first one, which the panel says, with a window apart in one press`, async () => {
    const { popup } = browser;
    const tab = await land();
    await choose(customer.name, 'Desk');
    const notice = popup.getByRole('status').filter({ hasText: 'You are already acting as' });
    await notice.filter({ hasText: /so .*Shop.* is signed out/ }).waitFor();
    await notice.getByRole('button', { name: 'Keep both: use a private window' }).click();
    expect(await popup.getByRole('radio', { name: 'Private window' }).isChecked()).toBe(true);
    await expect.poll(() => notice.count()).toBe(0);
    await tab.close();
  });

  it(`with ${PERMISSIONS} permissions, the same customer in the same app is one press away in its tab, and starting again comes second`, async () => {
    const { popup } = browser;
    const tab = await land();
    await choose(customer.name, 'Shop');
    const goToTab = popup.getByRole('button', { name: 'Go to tab' });
    const again = popup.getByRole('button', { name: 'Start again' });
    await goToTab.waitFor();
    const [first, second] = await Promise.all([goToTab.boundingBox(), again.boundingBox()]);
    expect(first?.y).toBeLessThan(second?.y ?? 0);
    await goToTab.click();
    await expect.poll(() => tab.evaluate(() => document.visibilityState)).toBe('visible');
    expect((await snapshotOf(popup)).sessions).toHaveLength(1);
    await tab.close();
  });
});
