import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page, Route } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';
import { tabOfCustomer } from './tab-of-customer.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const LAUNCHES = `${endpoints.backend}/v1/launches`;

let levers: TenantLevers;
let readLedger: Awaited<ReturnType<typeof createLedgerReader>>;
let browser: SessionBrowser;
beforeAll(async () => {
  levers = await createTenantLevers(endpoints);
  readLedger = await createLedgerReader(endpoints);
  browser = await openSessionBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
  });
});
afterAll(() => browser.close());
// So that a test that fails leaves nothing to the next one.
beforeEach(async () => {
  await endAllSessions(endpoints);
  await browser.backToSearch();
});

type StoredLaunch = { readonly id: string; readonly requestedAt: string };

/** The launch that the extension knows as its newest. */
const newestId = async (): Promise<string> => {
  const { launches = [], finalLaunches = [] } = await (await browser.worker()).evaluate(() =>
    chrome.storage.session.get<{ launches?: StoredLaunch[]; finalLaunches?: StoredLaunch[] }>([
      'launches',
      'finalLaunches',
    ]),
  );
  const [newest] = [...launches, ...finalLaunches].sort((one, other) =>
    other.requestedAt.localeCompare(one.requestedAt),
  );
  return newest?.id ?? '';
};

/** Nora Lindqvist's, on the icon. */
const INITIALS = 'NL';

/** What the popup says once the tenant's log has told who is signed in. */
const CONFIRMED = /Auth0 confirmed who|Confirmed by Auth0/;

/** How many tokens the tenant ever issued for launches, by its own log, which does not name the launch. */
const tokensIssued = async (): Promise<number> => {
  const path = '/logs?q=type:secte&include_totals=true&per_page=1';
  return ((await levers.call('GET', path)) as { total: number }).total;
};

const rowsOf = async (launchId: string): Promise<readonly string[]> =>
  (await readLedger(launchId)).map(({ type }) => type);
const bannersIn = (tab: Page): Promise<number> => tab.locator('understudy-banner').count();

/** Kills the worker when it asks for the launch, once the backend did with the request what the test says. */
const killAtRequest = (first: (route: Route) => Promise<unknown>) => async (): Promise<void> => {
  const dieThere = async (route: Route): Promise<void> => {
    await first(route);
    await browser.killWorker();
    // There is nobody left to answer.
    await route.abort().catch(() => undefined);
  };
  await browser.context.route(LAUNCHES, dieThere, { times: 1 });
  await browser.launch(customer.name, 'Shop');
};

/** Kills the worker in the middle of opening the tab, with the tab there or not. */
const killAtTab = (isTabThere: boolean) => async (): Promise<void> => {
  const worker = await browser.worker();
  await worker.evaluate((isThere) => {
    const create = chrome.tabs.create.bind(chrome.tabs);
    Object.assign(chrome.tabs, {
      create: async (properties: chrome.tabs.CreateProperties) => {
        if (isThere) {
          await create(properties);
        }
        Object.assign(globalThis, { hangs: true });
        return new Promise(() => undefined);
      },
    });
  }, isTabThere);
  const opened = isTabThere ? browser.nextTab() : undefined;
  await browser.launch(customer.name, 'Shop');
  await expect.poll(() => worker.evaluate(() => Reflect.get(globalThis, 'hangs'))).toBe(true);
  // The worker sends the tab on to the app itself.
  await (await opened)?.waitForURL(/^http:/, { waitUntil: 'commit' });
  await browser.killWorker();
};

const endShown = async (): Promise<void> => {
  await browser.popup.bringToFront();
  await browser.popup.getByRole('button', { name: 'End session' }).first().click();
  await browser.popup.getByText('Session ended').waitFor();
};

describe('a worker that dies', () => {
  it.each<[string, () => Promise<void>, number, readonly string[]]>([
    [
      'before the backend heard of the launch',
      killAtRequest(async () => undefined),
      0,
      ['request_refused'],
    ],
    [
      'between the backend’s token and its answer',
      killAtRequest((route) => route.fetch()),
      1,
      ['launch_requested', 'launch_issued', 'launch_not_landed'],
    ],
    [
      'between the answer and the tab',
      killAtTab(false),
      1,
      ['launch_requested', 'launch_issued', 'launch_not_landed'],
    ],
  ])(
    'a worker that dies %s leaves an interrupted launch, and a retry works',
    async (_when, die, tokens, rows) => {
      const before = await tokensIssued();
      await die();
      const { popup } = browser;
      await popup.getByRole('alert').filter({ hasText: 'The launch was interrupted' }).waitFor();
      const interrupted = await newestId();
      await expect.poll(() => browser.badgeOn(popup)).toBe('');
      expect((await tokensIssued()) - before).toBe(tokens);
      await expect
        .poll(async () => [...new Set(await rowsOf(interrupted))], { interval: 1000 })
        .toEqual(rows);
      // Of a launch that the backend never heard of, it is not asked again and again.
      expect((await rowsOf(interrupted)).length).toBeLessThanOrEqual(3);
      await popup.getByRole('button', { name: 'Retry' }).click();
      const tab = await tabOfCustomer(browser.context, customer.name);
      // A session that ends unconfirmed would be one that the next launch can have made.
      await popup.getByText(CONFIRMED).waitFor();
      // One more, for the retry.
      expect((await tokensIssued()) - before).toBe(tokens + 1);
      await endShown();
      await tab.close();
    },
  );

  it('a worker that dies once the tab is there leaves a launch of which nothing is claimed, whose session the tenant loses, and which stays listed until the app is signed out', async () => {
    // Before the delay, which would hide the newest ones.
    const before = await tokensIssued();
    // So that the next worker reports what it knows before the tenant's log tells of the login.
    await levers.choose({ logDelayInSeconds: 3 });
    onTestFinished(async () => {
      await levers.choose({ logDelayInSeconds: 0 });
    });
    const opened = browser.nextTab();
    await killAtTab(true)();
    const tab = await opened;
    await tab.getByTestId('user').waitFor();
    await browser.popup.getByText('If a tab did open, it may be signed in').waitFor();
    const launchId = await newestId();
    await expect.poll(tokensIssued, { interval: 1000 }).toBe(before + 1);
    await expect
      .poll(() => rowsOf(launchId), { interval: 1000 })
      .toEqual(['launch_requested', 'launch_issued', 'launch_not_landed', 'session_found']);
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    const { popup } = browser;
    expect(await popup.getByText('You are acting as').count()).toBe(0);
    await popup.getByText('which was ended there').waitFor();
    await browser.backToSearch();
    await popup.getByRole('combobox', { name: 'Find a customer' }).fill('');
    const found = popup.getByRole('list', { name: 'Not verified' }).getByRole('listitem');
    await found.filter({ hasText: customer.name }).waitFor();
    // The tenant's end changes nothing of what the tab shows.
    expect(await tab.getByTestId('user').textContent()).toContain(customer.name);
    await found.getByRole('button', { name: /Sign out of/ }).click();
    await popup.getByText('Session ended').waitFor();
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
    await browser.backToSearch();
    expect(await found.count()).toBe(0);
    await tab.close();
  });

  it('a worker that dies while the agent acts has its session shown everywhere at once by the next one', async () => {
    const before = await tokensIssued();
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    const tab = await opened;
    await browser.popup.getByText(CONFIRMED).waitFor();
    const launchId = await newestId();
    await browser.killWorker();
    const again = await browser.openPopup();
    const session = again
      .getByRole('list', { name: 'Active sessions' })
      .getByRole('listitem')
      .filter({ hasText: customer.name });
    await session.getByText('confirmed', { exact: true }).waitFor();
    await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    await tab.reload();
    await tab.bringToFront();
    await expect.poll(() => bannersIn(tab)).toBe(1);
    await again.bringToFront();
    await session.getByRole('button', { name: 'End session' }).click();
    await again.getByText('Session ended').waitFor();
    await again.close();
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    expect((await tokensIssued()) - before).toBe(1);
    expect((await rowsOf(launchId)).filter((type) => type === 'launch_ended')).toHaveLength(1);
    await tab.close();
  });
});
