import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { overflowOf, picturesIn, settle, violationsOf } from './page-checks.ts';
import { POPUP_OUTCOMES } from './replies/outcomes.ts';
import { POPUP_STATES } from './replies/popup-states.ts';

const PICTURES = picturesIn('popup');

let pages: ExtensionPages;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

/** What a popup of 800 by 600 pixels, the browsers' limit, has at 200 % zoom. */
const ZOOMED = { width: 400, height: 300 };

/** A window in which a browser gives the popup less than the 400 pixels that it asks for. */
const NARROW = { width: 320, height: 600 };

const look = async (page: Page, name: string, fullPage = false): Promise<void> => {
  await settle(page);
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage });
  expect(await overflowOf(page)).toBe(0);
};

const check = async (page: Page, name: string): Promise<void> => {
  await look(page, `${name}.light`);
  expect(await violationsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, `${name}.dark`);
  expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
  await page.setViewportSize(ZOOMED);
  await look(page, `${name}.zoomed`, true);
  await page.setViewportSize(NARROW);
  await look(page, `${name}.narrow`, true);
  await page.close();
};

describe('the popup is accessible in light and dark, and fits at 200 % zoom and in a narrow window', () => {
  test.each(Object.keys(POPUP_STATES))('in the state %s', async (name) => {
    const page = await pages.open('popup', POPUP_STATES[name] ?? {}, { colorScheme: 'light' });
    await check(page, name);
  });

  test.each(Object.keys(POPUP_OUTCOMES))('after the outcome %s', async (name) => {
    const { replies, press } = POPUP_OUTCOMES[name] ?? { replies: {}, press: '' };
    const page = await pages.open('popup', replies, { colorScheme: 'light' });
    await page.getByRole('button', { name: press }).first().click();
    await check(page, name);
  });
});

describe('the popup fits in German', () => {
  const GERMAN = { colorScheme: 'light', language: 'de' } as const;

  test.each(Object.keys(POPUP_STATES))('in the state %s', async (name) => {
    const page = await pages.open('popup', POPUP_STATES[name] ?? {}, GERMAN);
    await look(page, `${name}.german`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await page.close();
  });
});
