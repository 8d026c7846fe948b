import type { CDPSession, Page } from 'playwright';
import { expect } from 'vitest';

const withSession = async <Value>(
  tab: Page,
  work: (session: CDPSession) => Promise<Value>,
): Promise<Value> => {
  const session = await tab.context().newCDPSession(tab);
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
};

/** A closed shadow root is closed to tests too: the accessibility tree is what there is. */
const accessibleNodes = (tab: Page) =>
  withSession(tab, async (session) => (await session.send('Accessibility.getFullAXTree')).nodes);

/** Whether there is a banner over a page, whatever it shows. */
export const hasBanner = async (tab: Page): Promise<boolean> =>
  (await tab.locator('understudy-banner').count()) > 0;

/** All that a page and its banner say, one text a line. */
export const bannerText = async (tab: Page): Promise<string> =>
  (await accessibleNodes(tab)).map(({ name }) => String(name?.value ?? '')).join('\n');

/** What a screen reader is told to announce: the text in status regions, to their last leaf. */
export const announcements = async (tab: Page): Promise<string> => {
  const nodes = await accessibleNodes(tab);
  const textOf = (id: string): string => {
    const node = nodes.find(({ nodeId }) => nodeId === id);
    const inside = (node?.childIds ?? []).map(textOf).join('');
    return inside === '' ? String(node?.name?.value ?? '') : inside;
  };
  return nodes
    .filter(({ role }) => role?.value === 'status')
    .map(({ nodeId }) => textOf(nodeId))
    .join('');
};

/** Presses a button of the banner with the mouse: a trusted press is what a page cannot make. */
export const pressInBanner = async (tab: Page, wanted: string): Promise<void> => {
  const find = async () =>
    (await accessibleNodes(tab)).find(
      ({ name, role }) => name?.value === wanted && role?.value === 'button',
    );
  // What the worker says of the session may redraw the banner in between.
  await expect.poll(async () => (await find()) !== undefined).toBe(true);
  const button = await find();
  const { model } = await withSession(tab, (session) =>
    session.send('DOM.getBoxModel', { backendNodeId: button?.backendDOMNodeId ?? 0 }),
  );
  const [left = 0, top = 0, right = 0, , , bottom = 0] = model.content;
  expect(bottom).toBeLessThanOrEqual(await tab.evaluate(() => innerHeight));
  await tab.mouse.click((left + right) / 2, (top + bottom) / 2);
};
