/** What the extension's icon in the toolbar shows. The colour is CSS, dark enough for white letters. */
export type Badge = {
  readonly text: string;
  readonly background: string;
  /** What a pointer or a screen reader gets. */
  readonly title: string;
};

/** The extension's icon in the toolbar. */
export type Toolbar = {
  /** Shows a badge while this tab is in front. The browser takes it away with the tab's next navigation. */
  readonly showOnTab: (tabId: number, badge: Badge) => Promise<void>;
  readonly clearTab: (tabId: number) => Promise<void>;
  /** Shows a badge in front of every tab that has none of its own. */
  readonly showEverywhere: (badge: Badge) => Promise<void>;
  readonly clearEverywhere: () => Promise<void>;
};

const show = async ({ text, background, title }: Badge, tab: { tabId?: number }): Promise<void> => {
  await Promise.all([
    chrome.action.setBadgeBackgroundColor({ ...tab, color: background }),
    chrome.action.setBadgeTextColor({ ...tab, color: '#ffffff' }),
    chrome.action.setBadgeText({ ...tab, text }),
    chrome.action.setTitle({ ...tab, title }),
  ]);
};

const whileOpen = async (task: () => Promise<unknown>): Promise<void> => {
  try {
    await task();
  } catch {
    // The tab was closed meanwhile.
  }
};

/** Takes away a tab's own text. The types of Chromium's interface leave out that `null` does that. */
const forgetText = async (tabId: number): Promise<void> => {
  await Reflect.apply(chrome.action.setBadgeText, chrome.action, [{ tabId, text: null }]);
};

/** {@link Toolbar} of the running browser. */
export const browserToolbar: Toolbar = {
  showOnTab: (tabId, badge) => whileOpen(() => show(badge, { tabId })),
  clearTab: (tabId) =>
    whileOpen(async () => {
      // Without a text of its own, the tab shows the one that stands everywhere, if there is one.
      const color = await chrome.action.getBadgeBackgroundColor({});
      await Promise.all([
        forgetText(tabId),
        chrome.action.setBadgeBackgroundColor({ tabId, color }),
        chrome.action.setTitle({ tabId, title: '' }),
      ]);
    }),
  showEverywhere: (badge) => show(badge, {}),
  clearEverywhere: async () => {
    await Promise.all([
      chrome.action.setBadgeText({ text: '' }),
      chrome.action.setTitle({ title: '' }),
    ]);
  },
};
