import '../../../src/sandbox/resolve-localhost.mjs';
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { endAllSessions } from './clean-slate.ts';
import { type LifeBrowser, openLifeBrowser } from './life-browser.ts';

const endpoints = inject('endpoints');
beforeAll(() => endAllSessions(endpoints));
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const PICTURES = 'artifacts/banner';

let browser: LifeBrowser;
beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await openLifeBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
  });
});
afterAll(() => browser.close());

/** A closed shadow root is closed to tests too: the accessibility tree is what there is. */
const bannerText = async (tab: Page): Promise<string> => {
  const session = await browser.context.newCDPSession(tab);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.map(({ name }) => String(name?.value ?? '')).join('\n');
};
const hasBanner = (tab: Page) => tab.locator('understudy-banner').count();

describe('the banner', () => {
  let tab: Page;
  it('says in the app who acts as whom, and why', async () => {
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    tab = await opened;
    await tab.getByTestId('user').waitFor();
    await expect.poll(() => hasBanner(tab)).toBe(1);
    const text = await bannerText(tab);
    expect(text).toContain('Acting as');
    expect(text).toContain('Cannot see the invoice');
    expect(text).toContain('End session');
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme });
      await tab.screenshot({ path: `${PICTURES}/shop.${colorScheme}.png` });
    }
  });

  it('is there again after a reload and in another tab, closed to the page', async () => {
    await tab.reload();
    await expect.poll(() => hasBanner(tab)).toBe(1);
    const second = await browser.context.newPage();
    await second.goto(tab.url());
    await expect.poll(() => hasBanner(second)).toBe(1);
    expect(
      await second.evaluate(() => document.querySelector('understudy-banner')?.shadowRoot),
    ).toBe(null);
    await second.close();
  });

  it('shows in the app with an organization too, and ends the session from there', async () => {
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Desk');
    const desk = await opened;
    await desk.getByTestId('user').waitFor();
    await expect.poll(() => hasBanner(desk)).toBe(1);
    await desk.screenshot({ path: `${PICTURES}/desk.light.png` });
    // The button is the last but one in the banner; a trusted key press is what a page cannot make.
    const box = await desk.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const session = await browser.context.newCDPSession(desk);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const end = nodes.find(
      ({ name, role }) => name?.value === 'End session' && role?.value === 'button',
    );
    const { model } = await session.send('DOM.getBoxModel', {
      backendNodeId: end?.backendDOMNodeId ?? 0,
    });
    const [left = 0, top = 0, right = 0, , , bottom = 0] = model.content;
    expect(bottom).toBeLessThanOrEqual(box.height);
    await desk.mouse.click((left + right) / 2, (top + bottom) / 2);
    await expect.poll(() => hasBanner(desk)).toBe(0);
    await expect.poll(() => desk.getByText(customer.name).count()).toBe(0);
    await expect
      .poll(
        async () => await (await browser.worker()).evaluate(() => chrome.action.getBadgeText({})),
      )
      .toBe('');
  });
});
