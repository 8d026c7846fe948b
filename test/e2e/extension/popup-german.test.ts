import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { overflowOf } from './page-checks.ts';
import { openPopupLook, POPUP_LOOKS } from './popup-look.ts';

let pages: ExtensionPages;
beforeAll(async () => {
  pages = await openExtensionPages();
});
afterAll(() => pages.close());

test.each(Object.entries(POPUP_LOOKS))('the popup fits in German: %s', async (_name, popup) => {
  const page = await openPopupLook(pages, popup, { colorScheme: 'light', language: 'de' });
  expect(await overflowOf(page)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await page.close();
});
