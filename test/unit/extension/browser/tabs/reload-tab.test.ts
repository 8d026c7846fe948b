import { expect, test, vi } from 'vitest';
import { browserTabs } from '../../../../../src/extension/browser/tabs/tabs.ts';

test('loading a tab again does nothing where the agent closes the tab just before', async () => {
  const reload = vi.fn(async (tabId: number) => {
    throw new Error(`No tab with id: ${tabId}.`);
  });
  vi.stubGlobal('chrome', { tabs: { get: async (id: number) => ({ id }), reload } });
  await expect(browserTabs.reload(7)).resolves.toBeUndefined();
  expect(reload).toHaveBeenCalledWith(7);
});
