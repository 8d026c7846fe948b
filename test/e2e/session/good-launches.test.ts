import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page, Route } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const homeOf = (wanted: string): string =>
  targetApps.find(({ name }) => name === wanted)?.home ?? '';
const ORIGINS = [...targetApps.map(({ home }) => home), tenant.customers];

/** Longer than a page that is not the app's may stay in the build for tests, shorter than all patience. */
const SLOW_MILLISECONDS = 1_500;

let levers: TenantLevers;
let readLedger: Awaited<ReturnType<typeof createLedgerReader>>;
let browser: SessionBrowser;
beforeAll(async () => {
  await endAllSessions(endpoints);
  levers = await createTenantLevers(endpoints);
  readLedger = await createLedgerReader(endpoints);
  browser = await openSessionBrowser(endpoints, { origins: ORIGINS });
  await browser.popup.evaluate(() => {
    const alerts: string[] = [];
    Object.assign(globalThis, { alerts });
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role=alert]')) {
        alerts.push(alert.textContent ?? '');
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
});
afterAll(() => browser.close());
afterEach(() => levers.reset());

/** All that any alert of the popup has said since it was opened. */
const alerts = (): Promise<readonly string[]> =>
  browser.popup.evaluate(() => (globalThis as unknown as { alerts: readonly string[] }).alerts);

const slowly = async (route: Route): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, SLOW_MILLISECONDS));
  await route.continue();
};

/** A launch that goes well, to the end: what the ledger has of it, and what the popup was alarmed about. */
const launchWell = async (
  app: string,
  confirmed: string,
  onTab: (tab: Page) => Promise<unknown> = async () => undefined,
) => {
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const tab = await opened;
  await onTab(tab);
  await tab.getByTestId('user').waitFor();
  await browser.popup.getByText(confirmed).waitFor();
  await browser.context.unrouteAll({ behavior: 'ignoreErrors' });
  await browser.popup.bringToFront();
  await browser.popup.getByRole('button', { name: 'End session' }).first().click();
  await browser.popup.getByText('Session ended').waitFor();
  await tab.close();
  const rows = await readLedger();
  return { rows: rows.map(({ type }) => type), alerts: await alerts() };
};

const CONFIRMED = 'Confirmed by Auth0.';
const CONFIRMED_AND_SEEN = 'The app opened, and Auth0 confirmed who is signed in.';
const WELL = ['launch_requested', 'launch_issued', 'launch_confirmed', 'launch_ended'];
/** What a browser reports of a tab after the tenant's log confirmed the launch adds no row. */
const besideTab = (rows: readonly string[]): readonly string[] =>
  rows.filter((type) => type !== 'launch_opened' && type !== 'launch_landed');

describe('a launch that goes well is never diagnosed', () => {
  it.each(['Shop', 'Desk'])('a launch that goes well is never diagnosed in %s', async (app) => {
    const { rows, alerts: heard } = await launchWell(app, CONFIRMED_AND_SEEN);
    expect(besideTab(rows)).toEqual(WELL);
    expect(heard).toEqual([]);
  });

  it('a launch that goes well is never diagnosed in an app whose page is slow to load', async () => {
    await browser.context.route((url) => url.href.startsWith(`${homeOf('Shop')}app.css`), slowly);
    const { rows, alerts: heard } = await launchWell('Shop', CONFIRMED_AND_SEEN);
    expect(rows).not.toContain('launch_not_landed');
    expect(heard).toEqual([]);
  });

  it('a launch that goes well is never diagnosed in an app whose script is slow to send the browser on', async () => {
    await browser.context.route((url) => url.href.startsWith(`${homeOf('Desk')}desk.js`), slowly);
    const { rows, alerts: heard } = await launchWell('Desk', CONFIRMED_AND_SEEN);
    expect(rows).not.toContain('launch_not_landed');
    expect(heard).toEqual([]);
  });

  it('a launch that goes well is never diagnosed when the agent reloads the app while it comes up', async () => {
    const { rows, alerts: heard } = await launchWell('Shop', CONFIRMED_AND_SEEN, async (tab) => {
      await tab.waitForURL(homeOf('Shop'), { waitUntil: 'domcontentloaded' });
      await tab.reload();
    });
    expect(rows).not.toContain('launch_not_landed');
    expect(heard).toEqual([]);
  });

  it('a launch that goes well is never diagnosed when the tenant’s log is late', async () => {
    await levers.choose({ logDelayInSeconds: 3 });
    const { rows, alerts: heard } = await launchWell('Shop', CONFIRMED_AND_SEEN);
    expect(besideTab(rows)).toEqual(WELL);
    expect(rows.slice(0, 3)).toEqual(['launch_requested', 'launch_issued', 'launch_opened']);
    expect(heard).toEqual([]);
  });

  it.each(['Shop', 'Desk'])(
    'a launch that goes well is never diagnosed in %s without access to its pages',
    async (app) => {
      await (await browser.worker()).evaluate(
        (origins) => chrome.permissions.remove({ origins }),
        ORIGINS.map((origin) => `http://${new URL(origin).hostname}/*`),
      );
      const { rows, alerts: heard } = await launchWell(app, CONFIRMED);
      expect(besideTab(rows)).toEqual(WELL);
      expect(rows).not.toContain('launch_landed');
      expect(heard).toEqual([]);
    },
  );
});
