/** The extension's icon in the toolbar. */
export type Toolbar = {
  /** Shows a few characters on the icon, and what a pointer or a screen reader gets. The colour is CSS, dark. */
  readonly show: (badge: {
    readonly text: string;
    readonly background: string;
    readonly title: string;
  }) => Promise<void>;
  readonly clear: () => Promise<void>;
};

/** {@link Toolbar} of the running browser. */
export const browserToolbar: Toolbar = {
  show: async ({ text, background, title }) => {
    await Promise.all([
      chrome.action.setBadgeBackgroundColor({ color: background }),
      chrome.action.setBadgeTextColor({ color: '#ffffff' }),
      chrome.action.setBadgeText({ text }),
      chrome.action.setTitle({ title }),
    ]);
  },
  clear: async () => {
    await Promise.all([
      chrome.action.setBadgeText({ text: '' }),
      chrome.action.setTitle({ title: '' }),
    ]);
  },
};
