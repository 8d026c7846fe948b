import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import {
  allowInOptions,
  button,
  CONFIRMED_AND_SEEN,
  chooseCustomer,
  launchWithReason,
  openAsAgent,
  text,
  USER,
} from './agent-in-firefox.ts';
import type { Firefox } from './firefox.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');

const VERDICT = 'Session ended. Signed out:';

/** The badge of every tab with the title of its page, as far as the extension may know that. */
const BADGES = `
  const { tabs, action } = window.chrome;
  tabs.query({}).then((found) => Promise.all(found.map(async ({ id, title }) =>
    [title ?? '', await action.getBadgeText({ tabId: id })]))).then(resolve);`;
const BADGE_EVERYWHERE = `window.chrome.action.getBadgeText({}).then(resolve);`;

describe.runIf(canRunWith(FIREFOX))('in Firefox', () => {
  let firefox: Firefox;
  let panel: string;
  let app: string;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    ({ firefox, panel } = await openAsAgent(endpoints));
    await allowInOptions(firefox, panel, 'Pages of your apps');
  });
  afterAll(() => firefox?.close());

  const launch = async (): Promise<string> => {
    await firefox.switchTo(panel);
    await chooseCustomer(firefox, customer.name);
    const tab = await launchWithReason(firefox);
    expect(await firefox.textOf(USER)).toContain(customer.name);
    await firefox.switchTo(panel);
    await firefox.waitFor(CONFIRMED_AND_SEEN);
    return tab;
  };

  const badges = async (): Promise<readonly (readonly [string, string])[]> =>
    (await firefox.runInPage(BADGES)) as readonly (readonly [string, string])[];

  it('in Firefox, the customer’s initials are on the tab of the session, and on no other', async () => {
    app = await launch();
    const desk = await firefox.openTab();
    await firefox.open(endpoints.crm);
    await firefox.switchTo(app);
    const title = String(await firefox.runInPage('resolve(document.title);'));
    await firefox.switchTo(panel);
    await expect
      .poll(async () => (await badges()).filter(([, badge]) => badge !== ''))
      .toEqual([[title, 'NL']]);
    expect((await badges()).length).toBeGreaterThan(2);
    await firefox.switchTo(app);
    await firefox.open(shop?.home ?? '');
    await firefox.switchTo(panel);
    await expect
      .poll(async () => (await badges()).filter(([, badge]) => badge !== '').length)
      .toBe(1);
    await firefox.switchTo(desk);
    expect(await firefox.bannerText()).toBe('');
  });

  it('in Firefox, the end shows in the panel, on the badge and in the banner of another tab', async () => {
    const other = await firefox.openTab();
    await firefox.open(shop?.home ?? '');
    await expect.poll(() => firefox.bannerText()).toContain('Acting as');
    await firefox.switchTo(panel);
    await firefox.click(button('End session'));
    await firefox.waitFor(text('Session ended'));
    expect((await badges()).filter(([, badge]) => badge !== '')).toEqual([]);
    await firefox.switchTo(other);
    await expect.poll(() => firefox.bannerText()).toContain(VERDICT);
    await firefox.switchTo(panel);
    await firefox.click(button('Done'));
  });

  it('in Firefox, a session that may be left warns before anybody signs in, and is signed out there', async () => {
    app = await launch();
    await firefox.reloadExtension();
    await firefox.switchTo(app);
    const again = await firefox.openTab();
    await firefox.open(`${firefox.extensionUrl}src/extension/popup/index.html`);
    await firefox.waitFor(text('A customer may still be signed in to'));
    expect(await firefox.runInPage(BADGE_EVERYWHERE)).toBe('!');
    await firefox.click('//button[starts-with(normalize-space(), "Sign out of")]');
    await expect.poll(() => firefox.runInPage(BADGE_EVERYWHERE)).toBe('');
    await firefox.switchTo(app);
    await firefox.open(shop?.home ?? '');
    await firefox.waitFor('//a[normalize-space()="Sign in"]');
    await firefox.switchTo(again);
  });
});
