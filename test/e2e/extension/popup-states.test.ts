import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { overflowOf, settle } from './page-checks.ts';
import { NARROW, openPopupLook, POPUP_LOOKS, ZOOMED } from './popup-look.ts';

let pages: ExtensionPages;
beforeAll(async () => {
  pages = await openExtensionPages();
});
afterAll(() => pages.close());

test.each(Object.entries(POPUP_LOOKS))(
  'the popup fits as it opens, at 200 % zoom and in a narrow window: %s',
  async (_name, popup) => {
    const page = await openPopupLook(pages, popup, { colorScheme: 'light' });
    expect(await overflowOf(page)).toBe(0);
    for (const size of [ZOOMED, NARROW]) {
      await page.setViewportSize(size);
      await settle(page);
      expect(await overflowOf(page)).toBe(0);
    }
    await page.close();
  },
);
