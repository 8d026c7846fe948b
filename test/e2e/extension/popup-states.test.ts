import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { POPUP_STATES } from './popup-replies.ts';

const PICTURES = 'artifacts/popup';

let pages: ExtensionPages;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

/** How much wider the page is than its window: anything above zero is a broken layout. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Until what comes with a delay, a skeleton for instance, is there too. */
const settle = async (page: Page): Promise<void> => {
  await page.locator('main > *').first().waitFor();
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map(({ finished }) => finished));
  });
};

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(Object.keys(POPUP_STATES))(
    'the state %s has no accessibility violation',
    async (name) => {
      const page = await pages.open('popup', POPUP_STATES[name] ?? {}, { colorScheme });
      await settle(page);
      await page.screenshot({ path: `${PICTURES}/${name}.${colorScheme}.png` });
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await page.close();
    },
  );
});

describe('at 200 % zoom', () => {
  test.each(Object.keys(POPUP_STATES))('the state %s needs no sideways scrolling', async (name) => {
    const page = await pages.open('popup', POPUP_STATES[name] ?? {}, {
      colorScheme: 'light',
      width: 320,
      height: 300,
    });
    await settle(page);
    await page.screenshot({ path: `${PICTURES}/${name}.zoomed.png`, fullPage: true });
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });
});
