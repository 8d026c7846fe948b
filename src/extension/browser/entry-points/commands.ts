import { type CookieStore, DEFAULT_STORE, storeOfTab } from '../tabs/cookie-store.ts';

/** A keyboard command of the manifest, and the keys that are bound to it now, if any. */
export type BoundCommand = {
  readonly name: string;
  readonly description: string;
  readonly keys: string;
};

/** The tab in front when a command was pressed. `url` is there where the press gave access to it. */
export type CommandTab = {
  readonly id: number | undefined;
  readonly url: string | undefined;
  readonly store: CookieStore;
};

/** The keyboard commands of the manifest. */
export type Commands = {
  readonly bound: () => Promise<readonly BoundCommand[]>;
  readonly onPressed: (listener: (name: string, tab: CommandTab) => void) => void;
  /** Opens the browser's page for changing them; false where no extension can open it. */
  readonly openSettings: () => Promise<boolean>;
};

// Firefox has it since version 137, and no address that an extension could open instead.
type FirefoxCommands = { readonly openShortcutSettings?: () => Promise<void> };

const isFirefox = (): boolean => chrome.runtime.getURL('').startsWith('moz-extension://');

/** {@link Commands} of the running browser. */
export const browserCommands: Commands = {
  bound: async () =>
    (await chrome.commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
      name,
      description,
      keys: shortcut,
    })),
  onPressed: (listener) =>
    chrome.commands.onCommand.addListener((name, tab) =>
      listener(name, {
        id: tab?.id,
        url: tab?.url,
        store: tab ? storeOfTab(tab) : DEFAULT_STORE,
      }),
    ),
  openSettings: async () => {
    if (isFirefox()) {
      const { openShortcutSettings } = chrome.commands as FirefoxCommands;
      await openShortcutSettings?.();
      return openShortcutSettings !== undefined;
    }
    await chrome.tabs.create({ url: 'chrome://extensions/shortcuts' });
    return true;
  },
};
