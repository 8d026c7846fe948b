import '../../../src/sandbox/resolve-localhost.mjs';
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { announcements, bannerText, hasBanner, pressInBanner } from './banner-in-tab.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
beforeAll(() => endAllSessions(endpoints));
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const PICTURES = 'artifacts/banner';

let browser: SessionBrowser;
beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await openSessionBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
    privateWindows: true,
  });
});
afterAll(() => browser.close());

const takePictures = async (tab: Page, app: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await tab.emulateMedia({ colorScheme });
    await tab.screenshot({ path: `${PICTURES}/${app}.${colorScheme}.png` });
  }
  await pressInBanner(tab, 'Shrink the banner');
  await tab.screenshot({ path: `${PICTURES}/${app}.folded.png` });
  await pressInBanner(tab, 'Show the whole banner');
};

const land = async (app: string): Promise<Page> => {
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const tab = await opened;
  await tab.getByTestId('user').waitFor();
  await tab.bringToFront();
  await expect.poll(() => hasBanner(tab)).toBe(true);
  return tab;
};

describe('the banner', () => {
  let tab: Page;
  it('the banner says in the app who acts as whom, and why', async () => {
    tab = await land('Shop');
    const text = await bannerText(tab);
    expect(text).toContain('Acting as');
    expect(text).toContain('Cannot see the invoice');
    expect(text).toContain('End session');
    await takePictures(tab, 'shop');
  });

  it('the banner tells a screen reader, from within its closed root', async () => {
    await tab.reload();
    await expect
      .poll(() => announcements(tab))
      .toMatch(/^Acting as Nora Lindqvist, Shop, (2 h|1 h 59 min) left$/);
  });

  it('the banner is there again after a reload, a navigation, and in another tab, closed to the page', async () => {
    await tab.reload();
    await expect.poll(() => hasBanner(tab)).toBe(true);
    await tab.goto(new URL('/?page=2', tab.url()).href);
    await expect.poll(() => hasBanner(tab)).toBe(true);
    const second = await browser.context.newPage();
    await second.goto(tab.url());
    await expect.poll(() => hasBanner(second)).toBe(true);
    expect(
      await second.evaluate(() => document.querySelector('understudy-banner')?.shadowRoot),
    ).toBe(null);
    await second.close();
  });

  it('the banner is in no tab of another cookie store', async () => {
    const found = await (await browser.worker()).evaluate(async (url) => {
      const opened = await chrome.windows.create({ url, incognito: true });
      const tabId = opened?.tabs?.[0]?.id ?? 0;
      while ((await chrome.tabs.get(tabId)).status !== 'complete') {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const [injected] = await chrome.scripting.executeScript({
        target: { tabId },
        func: async () => ({
          isRunning: Reflect.get(globalThis, 'understudyBanner'),
          answer: await chrome.runtime.sendMessage({ name: 'banner_session', request: {} }),
          banners: document.querySelectorAll('understudy-banner').length,
        }),
      });
      if (opened?.id !== undefined) {
        await chrome.windows.remove(opened.id);
      }
      return injected?.result;
    }, tab.url());
    expect(found).toEqual({ isRunning: true, answer: {}, banners: 0 });
  });

  it('the banner shows in the app with an organization too, and ends the session from there', async () => {
    const desk = await land('Desk');
    await takePictures(desk, 'desk');
    await pressInBanner(desk, 'End session');
    await expect.poll(() => bannerText(desk)).toContain('Session ended. Signed out:');
    await expect.poll(() => desk.getByText(customer.name).count()).toBe(0);
    await expect.poll(() => browser.badgeOn(desk)).toBe('');
  });
});
