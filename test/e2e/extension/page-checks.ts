import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What axe finds wrong, by all its rules or by some; an empty list is a page in order. */
export const violationsOf = async (
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> => {
  // Our pages have no frames, for which alone axe would open a page of its own for each look.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  axe.options({ resultTypes: ['violations'] });
  if (rules) {
    axe.withRules([...rules]);
  }
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

/** How much wider the page is than its window: anything above zero is a broken layout. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Whether the lower edge of what has the focus is outside the window or under something else. */
export const isFocusCovered = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const focused = document.activeElement ?? document.body;
    const { left, right, bottom } = focused.getBoundingClientRect();
    const shown = document.elementFromPoint((left + right) / 2, bottom - 2);
    return shown === null || !(focused.contains(shown) || shown.contains(focused));
  });

/** Waits until what comes with a delay, a skeleton for instance, is there too. */
export const settle = async (page: Page): Promise<void> => {
  await page.locator('main > *').first().waitFor();
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map(({ finished }) => finished));
  });
};

/** Grants whatever a page asks the browser for, and gives what it asked for so far. */
export const grantRequests = async (page: Page): Promise<() => Promise<unknown>> => {
  await page.evaluate(() => {
    const requests: unknown[] = [];
    Object.assign(globalThis, { requests });
    Object.defineProperty(chrome.permissions, 'request', {
      value: async (asked: unknown) => {
        requests.push(asked);
        return true;
      },
    });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'requests'));
};
