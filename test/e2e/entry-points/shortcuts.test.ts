import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { nextTab } from '../next-tab.ts';
import { confirmLaunch, launchCount, pressToLaunch } from './agent-at-panel.ts';
import { type Desk, openDesk } from './desk.ts';
import { pressShortcut } from './shortcut-keys.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;

/** Everything that the extension may ask the backend for. */
const BACKEND = `${endpoints.backend}/**`;

let desk: Desk;
let crm: Page;
let tab: Page;
/** What the extension asks the backend for, until the first launch. */
const asked: string[] = [];
/** The agent's sessions of before, which the backend told of at the sign-in. */
let before: number;
beforeAll(async () => {
  desk = await openDesk({ endpoints });
  before = await launchCount(desk);
  await desk.context.route(BACKEND, (route) => {
    asked.push(`${route.request().url()} ${route.request().postData() ?? ''}`);
    return route.fallback();
  });
  crm = await desk.context.newPage();
  await crm.goto(`${endpoints.crm}/customers/${encodeURIComponent(customer.id)}`);
});
afterAll(() => desk?.close());

const closePanel = async (panel: Page): Promise<void> => {
  await panel.evaluate(() => close()).catch(() => undefined);
  await expect.poll(desk.panels).toBe(0);
};

// Each goes on where the one before left off, as an agent's day does.
describe('a shortcut', () => {
  it('a shortcut opens the panel', async () => {
    await pressShortcut(desk, crm, 'U');
    const panel = await desk.panel();
    await panel.getByRole('combobox', { name: 'Find a customer' }).waitFor();
    await closePanel(panel);
  });

  it('a shortcut on a page that is no record says so, and does not tell the backend which page it was', async () => {
    await crm.goto(`${endpoints.crm}/customers`);
    asked.length = 0;
    await pressShortcut(desk, crm, 'Y');
    const panel = await desk.panel();
    await panel.getByText('This page is not a customer record').waitFor();
    await panel.getByRole('button', { name: 'Search instead' }).click();
    await panel.getByRole('combobox', { name: 'Find a customer' }).waitFor();
    await closePanel(panel);
    expect(asked.filter((request) => decodeURIComponent(request).includes(endpoints.crm))).toEqual(
      [],
    );
  });

  it('a shortcut says that there is nothing to repeat or to end yet', async () => {
    await pressShortcut(desk, crm, 'L');
    let panel = await desk.panel();
    await panel.getByText('There is nothing to repeat').waitFor();
    await closePanel(panel);
    await pressShortcut(desk, crm, 'E');
    panel = await desk.panel();
    await panel.getByText('No customer session in this tab').waitFor();
    await panel.getByRole('button', { name: 'Search instead' }).click();
    await closePanel(panel);
  });

  it('a shortcut on a record ends signed in as its customer, after one confirmation', async () => {
    await crm.goto(`${endpoints.crm}/customers/${encodeURIComponent(customer.id)}`);
    await pressShortcut(desk, crm, 'Y');
    const panel = await desk.panel();
    await panel.getByText(customer.id).waitFor();
    expect(asked.some((request) => decodeURIComponent(request).includes(endpoints.crm))).toBe(true);
    expect(await launchCount(desk)).toBe(before);
    // While requests are listened to, the browser holds up those of a tab that opens, too.
    await desk.context.unroute(BACKEND);
    const landed = await confirmLaunch(desk, panel);
    tab = landed.tab;
    expect(landed.user).toContain(customer.name);
    expect(await launchCount(desk)).toBe(before + 1);
  });

  it('a shortcut ends the session of the tab', async () => {
    await pressShortcut(desk, tab, 'E');
    const panel = await desk.panel();
    await panel.getByText('Session ended').waitFor();
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
    await closePanel(panel);
    await tab.close();
  });

  it('a shortcut opens the panel filled in with the last launch, which takes one Ctrl+Enter, and no Enter meant for the page', async () => {
    await pressShortcut(desk, crm, 'L');
    const panel = await desk.panel();
    await panel.getByText(customer.id).waitFor();
    await expect.poll(() => panel.getByLabel('Reason').inputValue()).toBe('Cannot see the invoice');
    expect(await launchCount(desk)).toBe(before + 1);
    const opened = nextTab(desk.context);
    await expect
      .poll(() => panel.evaluate(() => document.activeElement?.className))
      .toBe('panel-customer');
    await panel.keyboard.press('Enter');
    expect(await panel.getByRole('button', { name: 'Act as customer' }).isEnabled()).toBe(true);
    await pressToLaunch(panel, 'Control+Enter');
    tab = await opened;
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    expect(await launchCount(desk)).toBe(before + 2);
  });

  it('a shortcut wakes a worker that the browser stopped', async () => {
    await tab.close();
    await desk.stopWorker();
    await pressShortcut(desk, crm, 'Y');
    const panel = await desk.panel();
    await panel.getByText(customer.id).waitFor();
    await closePanel(panel);
  });
});

it('the menus are what they should be, each item once', async () => {
  const worker = await desk.worker();
  const unknown = await worker.evaluate(async () => {
    const { menus } = await chrome.storage.session.get<{ menus: string }>('menus');
    const items = JSON.parse(menus) as { id: string }[];
    const update = ({ id }: { id: string }) =>
      chrome.contextMenus.update(id, {}).then(
        () => '',
        (error: Error) => error.message,
      );
    return [items.length, ...new Set(await Promise.all(items.map(update)))];
  });
  // Four of our own, two beneath the toolbar icon's, and the recent pair.
  expect(unknown).toEqual([7, '']);
});

it('names of recent customers are nowhere on the disk', async () => {
  const worker = await desk.worker();
  const menus = await worker.evaluate(() => chrome.storage.session.get('menus'));
  expect(JSON.stringify(menus)).toContain('N. L. · Shop');
  const { stdout } = spawnSync(
    'grep',
    ['-rlaF', customer.name, 'Extension State', 'Local Extension Settings'],
    { cwd: `${desk.profile}/Default`, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
});
