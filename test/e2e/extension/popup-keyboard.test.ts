import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { askedFor, isFocused, option, search } from './played-popup.ts';
import { SEARCHABLE } from './replies/outcomes.ts';
import { POPUP_STATES } from './replies/popup-states.ts';

let pages: ExtensionPages;

beforeAll(async () => {
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

const openPopup = (replies: Readonly<Record<string, unknown>> = SEARCHABLE): Promise<Page> =>
  pages.open('popup', replies, { colorScheme: 'light' });

describe('the keyboard', () => {
  test('the keyboard is enough for a launch: type, arrows, Enter, reason, ticket, Enter', async () => {
    const page = await openPopup();
    await isFocused(page, '#search');
    await page.keyboard.type('mar');
    await option(page, 'Mara Lindqvist').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await isFocused(page, '#reason');
    await page.keyboard.type('Cannot see invoice 12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('SUP-12');
    await page.keyboard.press('Enter');
    await page.getByText('You are acting as').waitFor();
    expect(await askedFor(page, 'launch')).toMatchObject([
      {
        request: {
          customerId: 'auth0|6531a0b1c2d3e4f5a6b7c8d9',
          targetAppId: 'shop',
          reason: 'Cannot see invoice 12',
          ticket: 'SUP-12',
          openIn: 'new_tab',
        },
      },
    ]);
    await page.close();
  });

  test('the search names the active option to screen readers', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await search(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    expect(await page.locator(`#${active}`).textContent()).toContain('Marcus Oyelaran');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('[aria-selected=true]').textContent()).toContain('Maximilian');
    await page.close();
  });

  test('Escape goes one step back, where what was typed still stands', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Marcus Oyelaran').click();
    await isFocused(page, '#reason');
    await page.keyboard.press('Escape');
    await isFocused(page, '#search');
    expect(await search(page).inputValue()).toBe('mar');
    await page.keyboard.press('Escape');
    expect(await search(page).inputValue()).toBe('');
    await page.close();
  });

  test('a slash goes to the search, but is typed in a text field', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Marcus Oyelaran').click();
    await isFocused(page, '#reason');
    await page.keyboard.type('a/b');
    expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('a/b');
    await page.getByRole('button', { name: 'Back to search' }).focus();
    await page.keyboard.press('/');
    await isFocused(page, '#search');
    await page.close();
  });

  test('Ctrl+Enter launches from anywhere in the panel', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await page.getByRole('textbox', { name: 'Ticket' }).fill('SUP-12');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Cannot see invoice 12');
    await page.getByRole('radio', { name: 'Shop' }).focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('You are acting as').waitFor();
    await page.close();
  });

  test('Shift+Enter starts a new line in the reason', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await isFocused(page, '#reason');
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('one\ntwo');
    expect(await askedFor(page, 'launch')).toEqual([]);
    await page.close();
  });
});

describe('recent pairs', () => {
  const HOME = { ...SEARCHABLE, ...POPUP_STATES['home-full'] };

  test('recent pairs are chosen by their digit, from the empty search field', async () => {
    const page = await openPopup(HOME);
    await isFocused(page, '#search');
    await page.keyboard.press('2');
    await page.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    expect((await askedFor(page, 'get_customer')).at(-1)?.request).toEqual({
      customerId: 'google-oauth2|104859302847562910475',
    });
    await page.close();
  });

  test('recent pairs leave digits alone after a slash, after a letter, and where there is none', async () => {
    const page = await openPopup(HOME);
    await isFocused(page, '#search');
    await page.keyboard.type('9');
    await page.keyboard.type('1');
    expect(await search(page).inputValue()).toBe('91');
    await page.keyboard.press('Escape');
    await page.keyboard.type('/2');
    expect(await search(page).inputValue()).toBe('2');
    await page.close();
  });

  test('recent pairs are pinned and let go', async () => {
    const page = await openPopup(HOME);
    const recent = page.getByRole('list', { name: 'Recent' }).getByRole('listitem');
    await recent.nth(0).getByRole('button', { name: 'Unpin' }).click();
    await recent.nth(2).getByRole('button', { name: 'Pin', exact: true }).click();
    expect((await askedFor(page, 'set_pin')).map(({ request }) => request)).toEqual([
      { customerId: 'auth0|6531a0b1c2d3e4f5a6b7c8d9', targetAppId: 'shop', pinned: false },
      { customerId: 'auth0|markup', targetAppId: 'billing', pinned: true },
    ]);
    await page.close();
  });
});

describe('whom the agent pointed at outside', () => {
  test('a customer whom the agent pointed at outside is in the panel, and nothing is launched before the agent says so', async () => {
    const page = await openPopup(POPUP_STATES['prefill-customer']);
    await isFocused(page, '#reason');
    expect(await page.locator('.panel-head').textContent()).toContain('Mara Lindqvist');
    expect(await askedFor(page, 'launch')).toEqual([]);
    expect(await askedFor(page, 'take_prefill')).toHaveLength(1);
    await page.close();
  });

  test('a customer whom the agent pointed at outside is chosen by the agent where several match', async () => {
    const page = await openPopup(POPUP_STATES['prefill-several']);
    await isFocused(page, '[data-row]');
    expect(await page.getByText('Unverified e-mail').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await isFocused(page, '#reason');
    expect((await askedFor(page, 'save_draft'))[0]?.request).toMatchObject({
      customerId: 'auth0|6531a0b1c2d3e4f5a6b7c8d9',
    });
    await page.close();
  });

  test('a customer whom the agent pointed at outside is put away with Escape', async () => {
    const page = await openPopup(POPUP_STATES['prefill-none']);
    await page.getByText('Zendesk: no account has the customer number in this record.').waitFor();
    await page.keyboard.press('Escape');
    await isFocused(page, '#search');
    await page.close();
  });

  test('a customer whom the agent pointed at outside is left to the view that was first', async () => {
    const page = await openPopup({
      ...POPUP_STATES['prefill-customer'],
      take_prefill: { ok: true, value: { taken: false } },
    });
    await isFocused(page, '#search');
    await page.close();
  });
});

describe('the launch panel', () => {
  test('the launch panel sends one launch for a double Enter', async () => {
    const { launch: _launch, ...unanswered } = SEARCHABLE;
    const page = await openPopup(unanswered);
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Cannot see invoice 12');
    await page.getByRole('textbox', { name: 'Ticket' }).fill('SUP-12');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Act as customer' }).dblclick({ force: true });
    expect(await askedFor(page, 'launch')).toHaveLength(1);
    await page.close();
  });

  test('the launch panel says what is missing, goes there, and sends nothing', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await page.getByRole('button', { name: 'Act as customer' }).click();
    await page.getByText('Say why you need to act as this customer.').waitFor();
    await isFocused(page, '#reason');
    const reason = page.getByRole('textbox', { name: 'Reason' });
    expect(await reason.getAttribute('aria-invalid')).toBe('true');
    expect(await askedFor(page, 'launch')).toEqual([]);
    await page.close();
  });

  test('the launch panel keeps in the worker what was chosen and typed, with every change', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Cannot see');
    expect((await askedFor(page, 'save_draft')).at(-1)?.request).toEqual({
      query: 'mar',
      customerId: 'auth0|6531a0b1c2d3e4f5a6b7c8d9',
      targetAppId: 'shop',
      reason: 'Cannot see',
      ticket: '',
    });
    await page.close();
  });

  test('the launch panel asks for an organization only where the app uses them', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, 'Mara Lindqvist').click();
    await page.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    expect(await page.getByRole('radiogroup', { name: 'Organization' }).count()).toBe(0);
    await page.getByRole('radio', { name: 'Workspace' }).check();
    await page.getByRole('radiogroup', { name: 'Organization' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Billing portal' }).isDisabled()).toBe(true);
    await page.close();
  });
});

describe('the search', () => {
  test('the search is not sent for a single character', async () => {
    const page = await openPopup();
    await search(page).pressSequentially('m');
    await page.getByText('Type at least 2 characters.').waitFor();
    expect(await askedFor(page, 'search_customers')).toEqual([]);
    await page.close();
  });

  test('the search goes on after the first customers, by the keyboard alone', async () => {
    const page = await openPopup(POPUP_STATES['results-many']);
    await page.getByText('First 20 customers.').waitFor();
    await search(page).press('Shift+End');
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press('Tab');
      if (
        await page.getByRole('button', { name: 'Show more' }).evaluate((it) => it.matches(':focus'))
      ) {
        break;
      }
    }
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await askedFor(page, 'search_customers')).map(({ request }) => request))
      .toEqual([
        { query: 'mar', limit: 20 },
        { query: 'mar', limit: 50 },
      ]);
    expect(await search(page).evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.close();
  });

  test('the search shows a name with markup as text', async () => {
    const page = await openPopup();
    await search(page).fill('mar');
    await option(page, '<b onmouseover=alert(1)>').waitFor();
    expect(await page.locator('[role=listbox] b').count()).toBe(0);
    await page.close();
  });

  test('the search marks the moment from which it can be used', async () => {
    const page = await openPopup();
    await search(page).waitFor();
    const marks = await page.evaluate(() => performance.getEntriesByName('interactive').length);
    expect(marks).toBe(1);
    await page.close();
  });
});
