/** The extension's own panel, where everything is confirmed. */
export type Panel = {
  /**
   * Opens the popup, or a small window where the browser does not open it. Call it in the first turn
   * of an event's listener: Firefox opens the popup only while it handles what the agent did.
   */
  readonly open: () => Promise<void>;
  /** Closes the small window, if there is one; a popup closes by itself. */
  readonly closeWindow: () => Promise<void>;
};

const PANEL_PAGE = 'src/extension/popup/index.html';
/** In pixels, with what the window's frame takes. */
const WINDOW_SIZE = { width: 416, height: 640 };

const openPopup = async (): Promise<boolean> => {
  try {
    await chrome.action.openPopup();
    return true;
  } catch {
    // No browser window is in front, or a popup is open already: then it is told like every view.
    const popups = await chrome.runtime.getContexts({ contextTypes: ['POPUP'] });
    return popups.length > 0;
  }
};

/** Panels in small windows; one that somebody opened as a tab is none of them. */
const panelWindows = async (): Promise<readonly number[]> => {
  const tabs = await chrome.runtime.getContexts({ contextTypes: ['TAB'] });
  const pages = tabs.filter(({ documentUrl }) => documentUrl === chrome.runtime.getURL(PANEL_PAGE));
  const windows = await Promise.all(pages.map(({ windowId }) => chrome.windows.get(windowId)));
  return windows.flatMap(({ id, type }) => (type === 'popup' && id !== undefined ? [id] : []));
};

/** {@link Panel} of the running browser. */
export const browserPanel: Panel = {
  open: async () => {
    if (await openPopup()) {
      return;
    }
    const [open] = await panelWindows();
    if (open !== undefined) {
      await chrome.windows.update(open, { focused: true });
    } else {
      await chrome.windows.create({
        url: chrome.runtime.getURL(PANEL_PAGE),
        type: 'popup',
        ...WINDOW_SIZE,
      });
    }
  },
  closeWindow: async () => {
    for (const id of await panelWindows()) {
      await chrome.windows.remove(id);
    }
  },
};
