import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { CUSTOMERS } from './people.ts';
import { answerWith, askedFor, option, search, writeSessions } from './played-popup.ts';
import { launch, ok } from './replies/example-replies.ts';
import { SEARCHABLE } from './replies/outcomes.ts';
import { POPUP_STATES } from './replies/popup-states.ts';

let pages: ExtensionPages;

beforeAll(async () => {
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

const openPopup = (replies: Readonly<Record<string, unknown>> = SEARCHABLE): Promise<Page> =>
  pages.open('popup', replies, { colorScheme: 'light' });
const reason = (page: Page) => page.getByRole('textbox', { name: 'Reason' });
const ticket = (page: Page) => page.getByRole('textbox', { name: 'Ticket' });

describe('what was typed for one customer', () => {
  const chooseAndType = async (page: Page): Promise<void> => {
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await reason(page).fill('Cannot see invoice 12');
    await ticket(page).fill('SUP-12');
    await page.keyboard.press('Escape');
  };

  test('what was typed for one customer is never carried over to another customer', async () => {
    const page = await openPopup();
    await chooseAndType(page);
    await option(page, 'Marcus Oyelaran').click();
    expect(await reason(page).inputValue()).toBe('');
    expect(await ticket(page).inputValue()).toBe('');
    expect((await askedFor(page, 'save_draft')).at(-1)?.request).toMatchObject({
      reason: '',
      ticket: '',
    });
    await page.close();
  });

  test('what was typed for one customer is there again when the same customer is chosen again', async () => {
    const page = await openPopup();
    await chooseAndType(page);
    await option(page, 'Mara Lindqvist').click();
    expect(await reason(page).inputValue()).toBe('Cannot see invoice 12');
    expect(await ticket(page).inputValue()).toBe('SUP-12');
    await page.close();
  });
});

describe('Enter', () => {
  test('Enter right after the last letter chooses the first customer that the search then finds', async () => {
    const page = await openPopup();
    await search(page).pressSequentially('mar');
    await search(page).press('Enter');
    await page.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    expect((await askedFor(page, 'get_customer')).at(-1)?.request).toEqual({
      customerId: CUSTOMERS[0].id,
    });
    // On a busy machine, a pause between the letters asks for fewer of them as well.
    const asked = await askedFor(page, 'search_customers');
    expect(asked.filter(({ request }) => request['query'] === 'mar')).toHaveLength(1);
    await page.close();
  });

  test('Enter is forgotten when more letters follow before the search answers', async () => {
    const { search_customers: _answer, ...unanswered } = SEARCHABLE;
    const slow = await openPopup(unanswered);
    await search(slow).pressSequentially('mar');
    await search(slow).press('Enter');
    await search(slow).pressSequentially('a');
    expect(await askedFor(slow, 'get_customer')).toEqual([]);
    await slow.close();
  });
});

describe('a launch that was filled in beforehand', () => {
  const filledIn = {
    ...POPUP_STATES['prefill-customer'],
    ...POPUP_STATES['panel-own-domain'],
  };

  test('a launch that was filled in beforehand does not start with a key that was meant for another page', async () => {
    const page = await openPopup(filledIn);
    await page.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    expect(await askedFor(page, 'launch')).toEqual([]);
    await page.close();
  });

  test('a launch that was filled in beforehand is not repeated by a key when it has failed', async () => {
    const page = await openPopup({ ...SEARCHABLE, ...POPUP_STATES['interrupted'] });
    await page.getByRole('button', { name: 'Retry' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    expect(await askedFor(page, 'launch')).toEqual([]);
    await page.close();
  });
});

describe('a refusal', () => {
  test('a refusal that no retry can change offers to change the launch, and nothing else', async () => {
    const page = await openPopup(POPUP_STATES['refused'] ?? {});
    await page.getByRole('button', { name: 'Change the launch' }).waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await page.close();
  });

  test('a refusal of a search says nothing of a launch', async () => {
    const page = await openPopup(POPUP_STATES['search-failed'] ?? {});
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).not.toMatch(/launch|opened/i);
    await page.close();
  });
});

describe('the list of results', () => {
  test('the list of results keeps the chosen row clear of the search field, whichever way the arrows go', async () => {
    const page = await openPopup({ ...SEARCHABLE, ...POPUP_STATES['results-many'] });
    await option(page, 'Mara Lindqvist').first().waitFor();
    await search(page).focus();
    const hidden = async (): Promise<boolean> =>
      page.evaluate(() => {
        const row = document.querySelector('[aria-selected=true]')?.getBoundingClientRect();
        const bar = document.querySelector('.search-bar')?.getBoundingClientRect();
        return !row || !bar || row.top < bar.bottom || row.bottom > innerHeight;
      });
    for (let press = 0; press < 19; press += 1) {
      await page.keyboard.press('ArrowDown');
    }
    await expect.poll(hidden).toBe(false);
    for (let press = 0; press < 17; press += 1) {
      await page.keyboard.press('ArrowUp');
      await expect.poll(hidden).toBe(false);
    }
    await page.close();
  });
});

describe('the tabs that a launch closes', () => {
  test('the tabs that a launch closes are named once each, with how many there are', async () => {
    const page = await openPopup({
      ...POPUP_STATES['panel-replacing'],
      get_session_tabs: { ok: true, value: { titles: ['Shop', 'Shop', 'Cart'], complete: true } },
    });
    await page.getByText('These tabs will close: Shop (2) · Cart.').waitFor();
    await page.close();
  });
});

describe('what the panel says of other sessions', () => {
  const inShop = { targetAppId: 'shop', targetAppName: 'Shop' };
  const previews = async (page: Page): Promise<number> =>
    (await askedFor(page, 'preview_launch')).length;

  test('what the panel says of a session follows it at once, also while the worker has not answered again', async () => {
    const state = POPUP_STATES['panel-same-app'];
    const page = await openPopup(state);
    const acting = page.getByText('You are already acting as Mara Lindqvist in Shop.');
    await acting.waitFor();
    await reason(page).fill('Cannot see invoice 12');
    await answerWith(page, { preview_launch: undefined });
    await writeSessions(page, state, [launch(CUSTOMERS[0], { ...inShop, tab: 'closed' })]);
    await page.getByRole('button', { name: 'Open again' }).waitFor();
    expect(await acting.count()).toBe(1);
    const before = await previews(page);
    await writeSessions(page, state, [launch(CUSTOMERS[0], { ...inShop, standing: 'ending' })]);
    await acting.waitFor({ state: 'detached' });
    await expect.poll(() => previews(page)).toBeGreaterThan(before);
    await answerWith(page, { preview_launch: ok({ inTheWay: [], ownSession: false }) });
    await writeSessions(page, state, []);
    await page.getByRole('button', { name: 'Act as customer' }).waitFor();
    expect(await reason(page).inputValue()).toBe('Cannot see invoice 12');
    await page.close();
  });

  test('what the panel says of other sessions includes one that began after the panel was opened', async () => {
    const state = POPUP_STATES['panel-without-rules'];
    const page = await openPopup(state);
    await page.getByText('Up to 2 h').waitFor();
    const marcus = launch(CUSTOMERS[1], inShop);
    await answerWith(page, { preview_launch: ok({ inTheWay: [marcus], ownSession: false }) });
    await writeSessions(page, state, [marcus]);
    await page
      .getByText('You are acting as Marcus Oyelaran in Shop. That session is signed out first.')
      .waitFor();
    await page.close();
  });
});
