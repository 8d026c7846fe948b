import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { nextTab } from '../next-tab.ts';
import { confirmLaunch } from './agent-at-panel.ts';
import { type Desk, openDesk } from './desk.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ endpoints });
});
afterAll(() => desk?.close());

/** What the worker gets when a menu item is taken, in a browser that opens no popup. */
const takeMenuItem = async (itemId: string, info: object): Promise<void> => {
  const worker = await desk.worker();
  await worker.evaluate(
    ([menuItemId, details]) => {
      Object.assign(chrome.action, { openPopup: () => Promise.reject(new Error('No window.')) });
      const event = chrome.contextMenus.onClicked as unknown as {
        dispatch: (info: object, tab: object) => void;
      };
      event.dispatch({ menuItemId, editable: false, ...details }, {});
    },
    [itemId, info] as const,
  );
};

it('where no popup can be opened, a small window takes its place, and goes with the launch', async () => {
  const opened = nextTab(desk.context);
  await takeMenuItem('link', { linkUrl: `mailto:${customer.email}` });
  const panel: Page = await opened;
  await panel.getByText(customer.id).waitFor();
  const size = await panel.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  expect(size.width).toBeGreaterThanOrEqual(400);
  expect(await panel.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await takeMenuItem('selection', { selectionText: 'nora lind' });
  await expect
    .poll(() => panel.getByRole('combobox', { name: 'Find a customer' }).inputValue())
    .toBe('nora lind');
  expect(await desk.panels()).toBe(1);
  await takeMenuItem('page', {
    pageUrl: `${endpoints.crm}/customers/${encodeURIComponent(customer.id)}`,
  });
  await panel.getByLabel('Reason').waitFor();
  const landed = await confirmLaunch(desk, panel);
  expect(landed.user).toContain(customer.name);
  await expect.poll(desk.panels).toBe(0);
});
