import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { settle, violationsOf } from './page-checks.ts';
import { openPopupLook, POPUP_LOOKS } from './popup-look.ts';

let pages: ExtensionPages;
beforeAll(async () => {
  pages = await openExtensionPages();
});
afterAll(() => pages.close());

test.each(Object.entries(POPUP_LOOKS))(
  'the popup is accessible in light and dark: %s',
  async (_name, popup) => {
    const page = await openPopupLook(pages, popup, { colorScheme: 'light' });
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settle(page);
    expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
    await page.close();
  },
);
