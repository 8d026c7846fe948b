import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { grantRequests } from './page-checks.ts';
import { askedFor, search, sessionsIn, writeSessions } from './played-popup.ts';
import { POPUP_OUTCOMES } from './replies/outcomes.ts';
import { POPUP_STATES } from './replies/popup-states.ts';

let pages: ExtensionPages;

beforeAll(async () => {
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

const openPopup = (replies: Readonly<Record<string, unknown>> = {}): Promise<Page> =>
  pages.open('popup', replies, { colorScheme: 'light' });
const list = (page: Page, name: string) => page.getByRole('list', { name });
const ID = '3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';

describe('a session that nobody saw', () => {
  test('a session that nobody saw is not among the active ones, and has no time left', async () => {
    const page = await openPopup(POPUP_STATES['home-not-verified']);
    await list(page, 'Not verified').getByRole('listitem').nth(1).waitFor();
    expect(await list(page, 'Active sessions').count()).toBe(0);
    expect(await page.locator('.acting, .time-left').count()).toBe(0);
    await page.close();
  });

  test('a session that nobody saw and whose tab is closed does not send the agent to that tab', async () => {
    const page = await openPopup(POPUP_STATES['home-not-verified-other']);
    const closed = list(page, 'Not verified').getByRole('listitem').nth(2);
    await closed.getByText('Its tab is closed.').waitFor();
    expect(await closed.getByText('Look at the tab').count()).toBe(0);
    await page.close();
  });

  test('a session that nobody saw becomes an active one by the agent’s word, and says so', async () => {
    const page = await openPopup(POPUP_OUTCOMES['said-it-worked']?.replies);
    await page.getByRole('button', { name: 'It worked' }).click();
    await list(page, 'Active sessions').getByText('checked by you').waitFor();
    expect(await list(page, 'Not verified').count()).toBe(0);
    expect(await askedFor(page, 'confirm_landed')).toEqual([
      { name: 'confirm_landed', request: { launchId: ID } },
    ]);
    await page.close();
  });

  test('a session that nobody saw is signed out before the same is launched again', async () => {
    const page = await openPopup({
      ...POPUP_OUTCOMES['said-it-worked']?.replies,
      ...POPUP_OUTCOMES['ended']?.replies,
      get_snapshot: POPUP_OUTCOMES['said-it-worked']?.replies['get_snapshot'],
      dismiss_launch: { ok: true, value: {} },
    });
    await page.getByRole('button', { name: 'Sign out and retry' }).click();
    await expect.poll(() => askedFor(page, 'launch')).toHaveLength(1);
    const asked = await page.evaluate(() => Reflect.get(globalThis, 'asked'));
    const names = asked.map(({ name }: { name: string }) => name);
    expect(names.indexOf('end_session')).toBeLessThan(names.indexOf('launch'));
    expect((await askedFor(page, 'launch'))[0]?.request).toMatchObject({ clearLoginDomain: true });
    await page.close();
  });
});

describe('a session that ends while the popup is open', () => {
  test('a session that ends while the popup is open is announced where it stood', async () => {
    const page = await openPopup(POPUP_STATES['home-full']);
    const sessions = list(page, 'Active sessions').getByRole('listitem');
    await sessions.nth(2).waitFor();
    const state = POPUP_STATES['home-full'];
    await writeSessions(page, state, sessionsIn(state).slice(1));
    await page
      .getByRole('status')
      .filter({ hasText: 'Mara Lindqvist in Workspace: the session has ended.' })
      .waitFor();
    expect(await sessions.count()).toBe(2);
    await page.close();
  });
});

describe('a failed launch that was put away', () => {
  test('a failed launch that was put away does not come back with a snapshot from before', async () => {
    const replies = POPUP_STATES['refused'];
    const page = await openPopup({ ...replies, dismiss_launch: { ok: true, value: {} } });
    await page.locator('.outcome').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.outcome').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await search(page).waitFor();
    await writeSessions(page, replies, sessionsIn(POPUP_STATES['home-full']));
    await list(page, 'Active sessions').waitFor({ timeout: 10_000 });
    expect(await search(page).isVisible()).toBe(true);
    await page.close();
  });
});

describe('a session of another browser', () => {
  test('a session of another browser shows what it is for, and offers nothing that only works here', async () => {
    const page = await openPopup(POPUP_STATES['home-elsewhere']);
    const session = list(page, 'Active sessions').getByRole('listitem');
    await session.getByText('In another browser or profile').waitFor();
    expect(await session.textContent()).toContain('Cannot see invoice 12 · SUP-12');
    expect(await session.getByRole('button').allTextContents()).toEqual(['End session']);
    expect(await page.getByRole('button', { name: 'It worked' }).count()).toBe(0);
    await page.close();
  });
});

describe('a session whose tab is closed', () => {
  test('a session whose tab is closed can be opened again', async () => {
    const page = await openPopup(POPUP_STATES['home-said-and-closed']);
    await page.getByRole('button', { name: 'Open again' }).click();
    expect(await askedFor(page, 'reopen_session')).toHaveLength(1);
    await page.close();
  });
});

describe('a session from before a restart', () => {
  test('a session from before a restart is signed out without anybody signed in, and the verdict is shown', async () => {
    const page = await openPopup({
      ...POPUP_OUTCOMES['leftover-signed-out']?.replies,
      ...POPUP_STATES['signed-out-leftovers'],
    });
    await page.getByRole('button', { name: 'Sign out of Workspace' }).click();
    await page.getByText('Verified in this browser.').waitFor();
    expect((await askedFor(page, 'sign_out_leftover'))[0]?.request).toEqual({ launchId: ID });
    await page.close();
  });
});

describe('a launch that waits', () => {
  test('a launch that waits can be cancelled, which leads back to the panel', async () => {
    const page = await openPopup(POPUP_OUTCOMES['launch-cancelled']?.replies);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('radiogroup', { name: 'Target app' }).waitFor();
    expect((await askedFor(page, 'cancel_launch'))[0]?.request).toEqual({ id: ID });
    await page.close();
  });
});

describe('the panel obeys the preview', () => {
  test('a launch that would be refused says why before anything is typed, and is not sent', async () => {
    const page = await openPopup(POPUP_STATES['panel-refused']);
    await page.getByText('Your company does not allow this').waitFor();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Cannot see invoice 12');
    await page.getByRole('button', { name: 'Act as customer' }).click({ force: true });
    expect(await askedFor(page, 'launch')).toEqual([]);
    await page.close();
  });

  test('where the company has set no rules, the panel says how long a launch may last and names no rules', async () => {
    const page = await openPopup(POPUP_STATES['panel-without-rules']);
    await page.getByText('Up to 2 h').waitFor();
    expect(await page.getByText('Your company’s rules').count()).toBe(0);
    await page.close();
  });

  test('an agent whose role may not act is told so, and not invited to', async () => {
    const page = await openPopup(POPUP_STATES['home-no-permission']);
    await page.getByText('Your role does not let you act as customers.').waitFor();
    expect(await page.getByText('Who is on the phone?').count()).toBe(0);
    await page.close();
  });

  test('a launch that needs neither reason nor ticket asks for none', async () => {
    const page = await openPopup(POPUP_STATES['panel-nothing-needed']);
    const reason = page.getByRole('textbox', { name: 'Reason' });
    await expect.poll(() => reason.getAttribute('aria-required')).toBe('false');
    await page.getByRole('button', { name: 'Act as customer' }).click();
    await expect.poll(() => askedFor(page, 'launch')).toHaveLength(1);
    await page.close();
  });

  test('the same customer in the same app is offered the tab first, and starting again second', async () => {
    const page = await openPopup(POPUP_STATES['panel-same-app']);
    await page.getByText('You are already acting as Mara Lindqvist in Shop.').waitFor();
    await page.getByRole('button', { name: 'Start again' }).waitFor();
    await page.getByRole('button', { name: 'Go to tab' }).click();
    expect((await askedFor(page, 'focus_session'))[0]?.request).toEqual({ launchId: ID });
    await page.close();
  });

  test('the same customer in a second app can be kept in both, in a private window', async () => {
    const page = await openPopup(POPUP_STATES['panel-second-app']);
    await page.getByText(/Both apps share one customer session/).waitFor();
    await page.getByRole('button', { name: 'Keep both: use a private window' }).click();
    await expect
      .poll(async () => (await askedFor(page, 'preview_launch')).at(-1)?.request)
      .toMatchObject({ openIn: 'private_window' });
    await page.close();
  });
});

describe('the set-up screen', () => {
  const openSetUp = async () => {
    const page = await openPopup(POPUP_STATES['set-up']);
    return { page, requests: await grantRequests(page) };
  };

  test('the set-up screen asks the browser once, for exactly what is chosen', async () => {
    const { page, requests } = await openSetUp();
    await page.getByRole('checkbox', { name: /history/ }).uncheck();
    await page.getByRole('button', { name: 'Allow selected' }).click();
    await page.getByRole('combobox', { name: 'Find a customer' }).waitFor();
    expect(await requests()).toEqual([
      {
        permissions: ['cookies'],
        origins: [
          'https://shop.example.com/*',
          'https://desk.example.com/*',
          'https://billing.example.com/*',
          'https://login.example.com/*',
        ],
      },
    ]);
    expect((await askedFor(page, 'finish_set_up'))[0]?.request).toEqual({ declined: false });
    await page.close();
  });

  test('the set-up screen is declined for good without a question', async () => {
    const { page, requests } = await openSetUp();
    await page.getByRole('button', { name: 'No, don’t ask again' }).click();
    await page.getByRole('combobox', { name: 'Find a customer' }).waitFor();
    expect(await requests()).toEqual([]);
    expect((await askedFor(page, 'finish_set_up'))[0]?.request).toEqual({ declined: true });
    await page.close();
  });
});
