import { afterEach, expect, test, vi } from 'vitest';
import { browserTabs } from '../../../../../src/extension/browser/tabs/tabs.ts';

afterEach(() => vi.unstubAllGlobals());

const URL = 'https://shop.example/login';

/** A browser with one ordinary window, the one with the id 2, in front. */
const browserWith = () => {
  const created: (number | undefined)[] = [];
  const looked: string[] = [];
  vi.stubGlobal('chrome', {
    windows: {
      getLastFocused: async () => {
        looked.push('looked');
        return { id: 2, focused: true, incognito: false };
      },
    },
    tabs: {
      create: async ({ windowId }: { windowId?: number }) => {
        created.push(windowId);
        if (windowId !== 2) {
          throw new Error(`No window with id: ${windowId}.`);
        }
        return { id: 7 };
      },
    },
  });
  return { created, looked };
};

test('a tab opens in the window that was found before, and none is looked for again', async () => {
  const { created, looked } = browserWith();
  const window = browserTabs.findWindow();
  await window;
  expect(await browserTabs.open(URL, 'default', window)).toBe(7);
  expect(created).toEqual([2]);
  expect(looked).toHaveLength(1);
});

test('a tab opens in another window where the one that was found before is closed', async () => {
  const { created } = browserWith();
  const closed = Promise.resolve({ id: 1, focused: true });
  expect(await browserTabs.open(URL, 'default', closed)).toBe(7);
  expect(created).toEqual([1, 2]);
});

test('a tab opens where no window was found before', async () => {
  const { created } = browserWith();
  expect(await browserTabs.open(URL, 'default')).toBe(7);
  expect(created).toEqual([2]);
});
