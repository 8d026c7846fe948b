import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { isFocusCovered, overflowOf } from './page-checks.ts';
import { openPopupLook, POPUP_LOOKS } from './popup-look.ts';

const GERMAN = { colorScheme: 'light', language: 'de' } as const;

let pages: ExtensionPages;
const openInGerman = (name: string): Promise<Page> =>
  openPopupLook(pages, POPUP_LOOKS[name] ?? { replies: {} }, GERMAN);
beforeAll(async () => {
  pages = await openExtensionPages();
});
afterAll(() => pages.close());

test.each(Object.entries(POPUP_LOOKS))('the popup fits in German: %s', async (_name, popup) => {
  const page = await openPopupLook(pages, popup, GERMAN);
  expect(await overflowOf(page)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await expect.poll(() => isFocusCovered(page)).toBe(false);
  await page.close();
});

test('the customer’s name stays in view when the panel is scrolled to the field that has the focus', async () => {
  const page = await openInGerman('panel-second-factor');
  const name = page.getByRole('heading', { name: 'Mara Lindqvist' });
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect((await name.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  await page.close();
});

test('a number of customers is written as German writes it', async () => {
  const page = await openInGerman('no-result');
  await page.getByText('12.408 Kunden durchsucht').waitFor();
  await page.close();
});

test('the buttons of a session stand side by side in German, where its time left takes their place', async () => {
  const page = await openInGerman('launched-landed');
  const goToTab = await page.getByRole('button', { name: 'Zum Tab' }).boundingBox();
  const end = await page.getByRole('button', { name: 'Sitzung beenden' }).boundingBox();
  expect(goToTab?.y).toBe(end?.y);
  await page.close();
});
