import '../../../src/sandbox/resolve-localhost.mjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { filesHolding } from '../profile-scan.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant, crm } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express')?.home ?? '';
/** A removal comes some seconds after the visit. */
const TIDIED = { timeout: 45_000, interval: 500 };

let browser: SessionBrowser;
beforeEach(() => endAllSessions(endpoints));
afterEach(() => browser.close());

const open = async (permissions: readonly string[]): Promise<void> => {
  browser = await openSessionBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
    permissions,
  });
};

/** From now on, the worker keeps for the test the address that it opens, and which visits carried a token. */
const note = async (): Promise<void> => {
  await (await browser.worker()).evaluate(() => {
    const hops: string[] = [];
    Object.assign(globalThis, { hops, asked: undefined });
    const { history }: Partial<typeof chrome> = chrome;
    history?.onVisited.addListener(({ url = '' }) => {
      if (new URL(url).searchParams.has('session_transfer_token')) {
        hops.push(url);
      }
    });
    const noteAddress = (address = '') => {
      if (address.includes('session_transfer_token')) {
        Object.assign(globalThis, { asked: address });
      }
    };
    // A tab is opened with the address, or with one that leads to it once, and is sent there where nothing does.
    const create = chrome.tabs.create.bind(chrome.tabs);
    Object.assign(chrome.tabs, {
      create: (properties: chrome.tabs.CreateProperties) => {
        noteAddress(properties.url);
        return create(properties);
      },
    });
    const update = chrome.tabs.update.bind(chrome.tabs);
    Object.assign(chrome.tabs, {
      update: (tabId: number, properties: chrome.tabs.UpdateProperties) => {
        noteAddress(properties.url);
        return update(tabId, properties);
      },
    });
    const { postMessage } = BroadcastChannel.prototype;
    Object.assign(BroadcastChannel.prototype, {
      postMessage(this: BroadcastChannel, address: unknown) {
        noteAddress(String(address));
        postMessage.call(this, address);
      },
    });
  });
};
const hops = async (): Promise<readonly string[]> =>
  (await browser.worker()).evaluate(() => (globalThis as unknown as { hops: string[] }).hops);

/** The token of the launch that was just asked for, once the worker opens its tab. */
const tokenGiven = async (): Promise<string> => {
  const worker = await browser.worker();
  const asked = () => worker.evaluate(() => Reflect.get(globalThis, 'asked') as string | undefined);
  await expect.poll(asked, { interval: 20 }).toContain('session_transfer_token');
  return new URL((await asked()) ?? '').searchParams.get('session_transfer_token') ?? 'no token';
};

/** Launches and gives the token; `onTheWay` happens while the tab is opened with it. */
const land = async (app: string, onTheWay?: () => Promise<void>): Promise<string> => {
  await note();
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const token = await tokenGiven();
  await onTheWay?.();
  const tab = await opened;
  await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
  return token;
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
  await expect.poll(async () => (await hops()).length, TIDIED).toBe(2);
  const seen = await hops();
  await expect.poll(() => visits(seen), TIDIED).toEqual([0, 0]);
};

/** What Chromium restores tabs from keeps the address that the app's script first asked for. */
const isListOfTabs = (path: string): boolean =>
  /^Default\/Sessions\/(?:Session|Tabs)_\d+$/.test(path);

describe('with access to the history', () => {
  beforeEach(() => open(['history']));

  it('with access to the history, every hop of a launch leaves it after landing, and what the agent visited stays', async () => {
    const earlier = await browser.context.newPage();
    await earlier.goto(shop);
    const others = [`${crm}/customers?q=ada`, `${crm}/customers?q=grace`, `${shop}?page=2`];
    const token = await land('Shop', async () => {
      for (const url of others) {
        await earlier.goto(url);
      }
    });
    await hopsAreGone();
    expect(await visits([shop, ...others])).toEqual([2, 1, 1, 1]);
    await browser.context.close();
    expect(filesHolding(token, browser.profile)).toEqual([]);
  });

  it('with access to the history, no file holds the token after landing, nor after the end', async () => {
    const token = await land('Shop');
    await hopsAreGone();
    expect(filesHolding(token, browser.profile)).toEqual([]);
    await end();
    await browser.context.close();
    expect(filesHolding(token, browser.profile)).toEqual([]);
  });

  it('with access to the history, where the app’s own script passes the token on, the browser’s list of tabs alone keeps it', async () => {
    const token = await land('Desk');
    await hopsAreGone();
    await browser.context.close();
    const files = filesHolding(token, browser.profile);
    expect(files.filter((path) => !isListOfTabs(path))).toEqual([]);
  });

  it('with access to the history, a launch lands also where nothing answers the redirect', async () => {
    await browser.popup.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/launch/');
      await registration?.unregister();
    });
    await land('Shop');
    await hopsAreGone();
  });

  it('with access to the history, a worker that dies while the token is on its way leaves its removal to the next one', async () => {
    const token = await land('Shop', async () => {
      await expect.poll(async () => (await hops()).length, { interval: 20 }).toBeGreaterThan(0);
      await browser.killWorker();
    });
    const again = await browser.openPopup();
    await expect
      .poll(async () => filesHolding(token, browser.profile), { timeout: 45_000, interval: 2_000 })
      .toEqual([]);
    await again.close();
  });
});

describe('without access to the history', () => {
  it('without access to the history, the spent token stays there', async () => {
    await open([]);
    const token = await land('Shop');
    await browser.context.close();
    expect(filesHolding(token, browser.profile)).toContain('Default/History');
  });
});
