import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionPages, openExtensionPages } from './extension-pages.ts';
import { grantRequests, overflowOf, settle, violationsOf } from './page-checks.ts';
import { OPTIONS_STATES, SAVE_OUTCOMES, withBackend } from './replies/options-states.ts';

let pages: ExtensionPages;

beforeAll(async () => {
  pages = await openExtensionPages();
});

afterAll(() => pages.close());

describe.each(['light', 'dark'] as const)('the options page in %s', (colorScheme) => {
  const look = { colorScheme, width: 1000, height: 1000 };

  test.each(Object.keys(OPTIONS_STATES))(
    `the options page in ${colorScheme} has no accessibility violation when %s`,
    async (name) => {
      const page = await pages.open('options', OPTIONS_STATES[name] ?? {}, look);
      await settle(page);
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    },
  );
});

describe('the options page', () => {
  const LOOK = { colorScheme: 'light', width: 1000, height: 1000 } as const;
  test.each(Object.keys(SAVE_OUTCOMES))(
    'the options page says what became of saving: %s',
    async (name) => {
      const { reply, says } = SAVE_OUTCOMES[name] ?? { reply: undefined, says: '' };
      const page = await pages.open('options', withBackend({ managed: false }, reply), LOOK);
      await page.getByLabel('Backend address').fill('understudy.acme.example');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(says).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    },
  );

  test('the options page cannot be changed where a policy decides', async () => {
    const page = await pages.open('options', OPTIONS_STATES['managed'] ?? {}, {
      colorScheme: 'light',
    });
    expect(await page.getByLabel('Backend address').isEditable()).toBe(false);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.close();
  });

  test('the options page shows what a policy sets, and lets nobody change it', async () => {
    const page = await pages.open('options', OPTIONS_STATES['managed-settings'] ?? {}, {
      colorScheme: 'light',
    });
    const box = page.getByRole('checkbox', { name: /last tab is closed/ });
    expect([await box.isChecked(), await box.isDisabled()]).toEqual([true, true]);
    const rows = page.locator('section', { hasText: 'Preferences' }).locator('dl > div');
    expect(await rows.allTextContents()).toEqual([
      'Sessions open inPrivate window Set by your company',
      'Offers of optional accessOff Set by your company',
    ]);
    expect(await page.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(0);
    await page.close();
  });

  test('the options page names what of a policy is not in force', async () => {
    const page = await pages.open('options', OPTIONS_STATES['managed-wrong'] ?? {}, {
      colorScheme: 'light',
    });
    const rows = page.getByRole('alert').locator('dl > div');
    expect(await rows.allTextContents()).toEqual(['openIn"window"', 'offersDeclinetrue']);
    await page.close();
  });

  test('the options page lists the shortcuts as they are bound, and flags the one that is not', async () => {
    const page = await pages.open('options', OPTIONS_STATES['configured'] ?? {}, {
      colorScheme: 'light',
    });
    const rows = page.locator('.shortcuts > div');
    expect(await rows.allTextContents()).toEqual([
      'Open UnderstudyAltShiftU',
      'Act as the customer on this pageNo keys set',
      'Repeat the last launchAltShiftL',
      'End the session in this tab⌥⇧E',
      'In the address barType “as”, a space and a name, then choose a customer.',
    ]);
    await page.close();
  });

  test('the options page says where to change shortcuts when the browser lets no extension open that', async () => {
    const replies = {
      ...OPTIONS_STATES['configured'],
      open_shortcut_settings: { ok: true, value: { opened: false } },
    };
    const page = await pages.open('options', replies, { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Change shortcuts' }).click();
    await page.getByText('about:addons').waitFor();
    await page.close();
  });

  test('the options page offers each access apart, and those about apps only once it is known which', async () => {
    const look = { colorScheme: 'light' } as const;
    const before = await pages.open('options', OPTIONS_STATES['configured'] ?? {}, look);
    await before.getByText('Optional access').waitFor();
    expect(await before.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(2);
    await before.close();
    const after = await pages.open('options', OPTIONS_STATES['signed-in'] ?? {}, look);
    await after.getByText('Optional access').waitFor();
    expect(await after.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(4);
    await after.close();
  });

  test('the options page asks the browser for exactly what the row is about', async () => {
    const page = await pages.open('options', OPTIONS_STATES['signed-in'] ?? {}, {
      colorScheme: 'light',
    });
    const requests = await grantRequests(page);
    const buttons = page.getByRole('button', { name: 'Allow', exact: true });
    for (const index of [0, 1, 2, 3]) {
      await buttons.nth(index).click();
    }
    expect(await requests()).toEqual([
      { permissions: [], origins: ['https://shop.acme.example/*', 'https://login.acme.example/*'] },
      { permissions: ['cookies'], origins: ['https://login.acme.example/*'] },
      { permissions: ['history'], origins: [] },
      { permissions: ['tabGroups'], origins: [] },
    ]);
    await page.close();
  });

  test('the options page shows the preference, and tells the worker of a change', async () => {
    const page = await pages.open('options', OPTIONS_STATES['signed-in'] ?? {}, {
      colorScheme: 'light',
    });
    const box = page.getByRole('checkbox', { name: /last tab is closed/ });
    await expect.poll(() => box.isChecked()).toBe(true);
    await box.click();
    const asked = await page.evaluate(() => Reflect.get(globalThis, 'asked'));
    expect(asked.at(-1)).toEqual({ name: 'end_with_last_tab', request: { chosen: false } });
    await page.close();
  });

  test('the options page fits a narrow window', async () => {
    const look = { colorScheme: 'light' as const, width: 320, height: 600 };
    const page = await pages.open('options', OPTIONS_STATES['configured'] ?? {}, look);
    await settle(page);
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });
});
