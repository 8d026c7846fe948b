import '../../../src/sandbox/resolve-localhost.mjs';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { filesHolding } from '../profile-scan.ts';
import { endAllSessions } from './clean-slate.ts';
import { type LifeBrowser, openLifeBrowser } from './life-browser.ts';

const endpoints = inject('endpoints');
const { accounts, targetApps, tenant, crm } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express')?.home ?? '';
/** Signing in, and what comes after: Chromium writes its tabs anew twice, some seconds apart. */
const TIDIED = { timeout: 45_000, interval: 500 };

let browser: LifeBrowser;
beforeEach(() => endAllSessions(endpoints));
afterEach(() => browser.close());

const open = async (permissions: readonly string[]): Promise<void> => {
  browser = await openLifeBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
    permissions,
  });
};

/** What the worker keeps for the test: URLs that it opened, and visits that carried the token. */
type Noted = { readonly opened: string[]; readonly hops: string[] };

const note = async (): Promise<void> => {
  await (await browser.worker()).evaluate(() => {
    const noted: Noted = { opened: [], hops: [] };
    Object.assign(globalThis, { noted });
    const create = chrome.tabs.create.bind(chrome.tabs);
    Object.assign(chrome.tabs, {
      create: (properties: chrome.tabs.CreateProperties) => {
        noted.opened.push(properties.url ?? '');
        return create(properties);
      },
    });
    const { history }: Partial<typeof chrome> = chrome;
    history?.onVisited.addListener(({ url = '' }) => {
      if (new URL(url).searchParams.has('session_transfer_token')) noted.hops.push(url);
    });
  });
};
const noted = async (): Promise<Noted> =>
  (await browser.worker()).evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

/** Launches and gives the token; `onTheWay` happens when the tab is open. */
const land = async (app: string, onTheWay?: () => Promise<void>): Promise<string> => {
  await note();
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const tab = await opened;
  const url = new URL((await noted()).opened.at(-1) ?? '');
  await onTheWay?.();
  await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
  return url.searchParams.get('session_transfer_token') ?? 'no token';
};

const end = async (): Promise<void> => {
  await browser.popup.bringToFront();
  await browser.popup.getByRole('button', { name: 'End session' }).click();
  await browser.popup.getByText('Session ended').waitFor();
};

/** How often each of these was visited, as far as the history still knows. */
const visits = async (urls: readonly string[]): Promise<readonly number[]> =>
  (await browser.worker()).evaluate(async (asked) => {
    const found = await Promise.all(asked.map((url) => chrome.history.getVisits({ url })));
    return found.map(({ length }) => length);
  }, urls);

/** Waits until login page and login domain were visited with the token, and no such visit is left. */
const hopsAreGone = async (): Promise<void> => {
  await expect.poll(async () => (await noted()).hops.length, TIDIED).toBe(2);
  const { hops } = await noted();
  await expect.poll(() => visits(hops), TIDIED).toEqual([0, 0]);
};

/** What Chromium restores tabs from keeps the URL that each was first asked for. */
const isListOfTabs = (path: string): boolean =>
  /^Default\/Sessions\/(?:Session|Tabs)_\d+$/.test(path);

describe('with access to the history', () => {
  beforeEach(() => open(['history']));

  it('every hop leaves it after landing, and what the agent visited stays', async () => {
    const earlier = await browser.context.newPage();
    await earlier.goto(shop);
    const others = [`${crm}/customers?q=ada`, `${crm}/customers?q=grace`, `${shop}?page=2`];
    const token = await land('Shop', async () => {
      for (const url of others) await earlier.goto(url);
    });
    await hopsAreGone();
    expect(await visits([shop, ...others])).toEqual([2, 1, 1, 1]);
    await browser.context.close();
    const files = filesHolding(token, browser.profile);
    expect(files.filter((path) => !isListOfTabs(path))).toEqual([]);
  });

  it.each(['Shop', 'Desk'])('no file holds the token after the end in %s', async (app) => {
    const token = await land(app);
    await hopsAreGone();
    await end();
    const launches = async () =>
      (await browser.worker()).evaluate(async () =>
        JSON.stringify(await chrome.storage.session.get('launches')),
      );
    await expect.poll(launches, TIDIED).toMatch(/"visitedAt":\[\]/);
    await browser.context.close();
    expect(filesHolding(token, browser.profile)).toEqual([]);
  });
});

describe('without access to the history', () => {
  it('the popup says that the spent token stays, and it does', async () => {
    await open([]);
    const token = await land('Shop');
    await browser.popup.bringToFront();
    await browser.popup
      .getByText(/spent token’s address stays in this browser’s history/)
      .waitFor();
    await browser.popup.getByRole('button', { name: 'Remove it from now on' }).waitFor();
    await browser.popup.screenshot({ path: 'artifacts/history-offer.png' });
    await browser.context.close();
    expect(filesHolding(token, browser.profile)).toContain('Default/History');
  });
});
