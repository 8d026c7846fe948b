/** Where an item stands: on a page, on a link, on selected text, or in the toolbar icon's own menu. */
export type MenuContext = 'page' | 'frame' | 'link' | 'selection' | 'action';

/** One item of the context menus. Patterns are match patterns; without them it stands everywhere. */
export type MenuItem = {
  readonly id: string;
  readonly parentId?: string;
  /** `%s` stands for the selected text. Browsers keep titles on disk: never a customer's name. */
  readonly title: string;
  readonly contexts: readonly [MenuContext, ...MenuContext[]];
  readonly documentUrlPatterns?: readonly string[];
  readonly targetUrlPatterns?: readonly string[];
};

/** What was chosen, and on what. The browser says it; the texts in it are the page's. */
export type MenuClick = {
  readonly itemId: string;
  readonly pageUrl: string | undefined;
  readonly frameUrl: string | undefined;
  readonly linkUrl: string | undefined;
  readonly selectionText: string | undefined;
  /** The tab's own URL, where choosing the item gave access to it. */
  readonly tabUrl: string | undefined;
};

/** The context menus of the browser. */
export type ContextMenus = {
  /** Takes all of our items out and puts these in, in order. An item that the browser refuses is left out. */
  readonly replace: (items: readonly MenuItem[]) => Promise<void>;
  readonly onClicked: (listener: (click: MenuClick) => void) => void;
};

const create = ({ contexts, documentUrlPatterns, targetUrlPatterns, ...item }: MenuItem) =>
  new Promise<void>((resolve) => {
    const properties = {
      ...item,
      contexts: [...contexts] as [MenuContext, ...MenuContext[]],
      ...(documentUrlPatterns && { documentUrlPatterns: [...documentUrlPatterns] }),
      ...(targetUrlPatterns && { targetUrlPatterns: [...targetUrlPatterns] }),
    };
    chrome.contextMenus.create(properties, () => {
      // Read, or the browser logs it: the reason is a pattern that this browser does not take.
      void chrome.runtime.lastError;
      resolve();
    });
  });

/** {@link ContextMenus} of the running browser. */
export const browserContextMenus: ContextMenus = {
  replace: async (items) => {
    await chrome.contextMenus.removeAll();
    for (const item of items) {
      await create(item);
    }
  },
  onClicked: (listener) =>
    chrome.contextMenus.onClicked.addListener((info, tab) =>
      listener({
        itemId: String(info.menuItemId),
        pageUrl: info.pageUrl,
        frameUrl: info.frameUrl,
        linkUrl: info.linkUrl,
        selectionText: info.selectionText,
        tabUrl: tab?.url,
      }),
    ),
};
