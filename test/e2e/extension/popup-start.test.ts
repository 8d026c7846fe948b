import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { askedFor, search } from './played-popup.ts';
import { SEARCHABLE } from './replies/outcomes.ts';

let pages: ExtensionPages;
beforeAll(async () => {
  pages = await openExtensionPages();
});
afterAll(() => pages.close());

const { get_snapshot: snapshot, ...withoutSnapshot } = SEARCHABLE;
const openPopup = (): Promise<Page> =>
  pages.open('popup', withoutSnapshot, { colorScheme: 'light' });

/** What the worker does, late. */
const writeSnapshot = (page: Page): Promise<void> =>
  page.evaluate(
    (value) => Reflect.get(globalThis, 'writeSnapshot')(value),
    Reflect.get(Object(snapshot), 'value'),
  );

test('what is typed before there is a search field is searched for, and Enter takes the result', async () => {
  const page = await openPopup();
  expect(await search(page).count()).toBe(0);
  await page.keyboard.type('mxr');
  for (const key of ['Backspace', 'Backspace', 'a', 'r', 'Enter']) {
    await page.keyboard.press(key);
  }
  await writeSnapshot(page);
  await page.getByRole('textbox', { name: 'Reason' }).waitFor();
  await page.getByText('Mara Lindqvist').first().waitFor();
  const searches = await askedFor(page, 'search_customers');
  expect(searches.map(({ request }) => request)).toEqual([{ query: 'mar', limit: 20 }]);
  await page.close();
});

test('the header that stands in the page is not moved when the views take it over', async () => {
  const page = await openPopup();
  const wordmark = page.getByRole('heading', { name: 'Understudy' });
  const boxes = async () => [
    await wordmark.boundingBox(),
    await wordmark.locator('.mask').boundingBox(),
  ];
  const before = await boxes();
  await writeSnapshot(page);
  await search(page).waitFor();
  expect(await boxes()).toEqual(before);
  await page.close();
});
