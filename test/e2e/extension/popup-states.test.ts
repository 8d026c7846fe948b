import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { overflowOf, settle, violationsOf } from './page-checks.ts';
import { POPUP_OUTCOMES, POPUP_STATES, PREFILL_STATES } from './popup-replies.ts';

const PICTURES = 'artifacts/popup';

let pages: ExtensionPages;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

/** What a popup of 800 by 600 pixels, the browsers' limit, has at 200 % zoom. */
const ZOOMED = { width: 400, height: 300 };

const check = async (page: Page, name: string): Promise<void> => {
  await settle(page);
  await page.screenshot({ path: `${PICTURES}/${name}.light.png` });
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  await page.screenshot({ path: `${PICTURES}/${name}.dark.png` });
  expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
  await page.setViewportSize(ZOOMED);
  await page.screenshot({ path: `${PICTURES}/${name}.zoomed.png`, fullPage: true });
  expect(await overflowOf(page)).toBe(0);
  await page.close();
};

describe('accessible in light and dark, and at 200 % zoom', () => {
  const states = { ...POPUP_STATES, ...PREFILL_STATES };
  test.each(Object.keys(states))(
    'the popup is accessible in light and dark, and at 200 % zoom: %s',
    async (name) => {
      const page = await pages.open('popup', states[name] ?? {}, { colorScheme: 'light' });
      await check(page, name);
    },
  );

  test.each(Object.keys(POPUP_OUTCOMES))(
    'the popup is accessible in light and dark, and at 200 % zoom: %s',
    async (name) => {
      const { replies, press } = POPUP_OUTCOMES[name] ?? { replies: {}, press: '' };
      const page = await pages.open('popup', replies, { colorScheme: 'light' });
      await page.getByRole('button', { name: press }).click();
      await check(page, name);
    },
  );
});
