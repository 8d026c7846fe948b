import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/** The folder for the pictures of one part: below `artifacts/`, or where `UNDERSTUDY_ARTIFACTS` says. */
export const picturesIn = (part: string): string =>
  join(process.env['UNDERSTUDY_ARTIFACTS'] ?? 'artifacts', part);

/** What axe finds wrong, by all its rules or by some; an empty list is a page in order. */
export const violationsOf = async (
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page });
  if (rules) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

/** How much wider the page is than its window: anything above zero is a broken layout. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

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
