import type { TabColor } from './tab-color.ts';

/** The browser's tab groups. Nothing happens where it has none, or the agent did not allow them. */
export type TabGroups = {
  /** Puts a tab into a group of its own. */
  readonly addTab: (tabId: number, title: string, color: TabColor) => Promise<void>;
  /** Takes a tab out of its group. The browser removes a group together with its last tab. */
  readonly removeTab: (tabId: number) => Promise<void>;
};

const withGroups = async (task: () => Promise<unknown>): Promise<void> => {
  // Without the permission a group could be made, but not named.
  if (!('tabGroups' in chrome)) {
    return;
  }
  try {
    await task();
  } catch {
    // The tab was closed, or its window is of a kind that has no groups.
  }
};

/** {@link TabGroups} of the running browser. */
export const browserTabGroups: TabGroups = {
  addTab: (tabId, title, color) =>
    withGroups(async () => {
      const { windowId } = await chrome.tabs.get(tabId);
      const group = await chrome.tabs.group({
        tabIds: [tabId],
        createProperties: { windowId },
      });
      await chrome.tabGroups.update(group, { title, color });
    }),
  removeTab: (tabId) => withGroups(() => chrome.tabs.ungroup(tabId)),
};
