import { patternsOf } from './site-access.ts';

/** The script that the extension puts into the pages of apps that the agent acts in. */
export type ContentScripts = {
  /** From now on runs the script in every page of these origins and of no others, the open ones included. */
  readonly runOn: (origins: readonly string[]) => Promise<void>;
};

const ID = 'banner';
const FILE = 'banner.js';

const register = async (matches: string[]): Promise<void> => {
  const script = {
    id: ID,
    js: [FILE],
    matches,
    runAt: 'document_end',
    persistAcrossSessions: false,
  } as const;
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (matches.length === 0) {
    if (known.length > 0) {
      await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    }
  } else if (known.length > 0) {
    await chrome.scripting.updateContentScripts([{ ...script, js: [FILE] }]);
  } else {
    await chrome.scripting.registerContentScripts([{ ...script, js: [FILE] }]);
  }
};

const runInOpenTabs = async (matches: string[]): Promise<void> => {
  for (const { id } of matches.length === 0 ? [] : await chrome.tabs.query({ url: matches })) {
    if (id === undefined) {
      continue;
    }
    try {
      await chrome.scripting.executeScript({ target: { tabId: id }, files: [FILE] });
    } catch {
      // The tab is on its way elsewhere, or shows an error page: the registered script comes with the next page.
    }
  }
};

/** {@link ContentScripts} of the running browser. */
export const browserContentScripts: ContentScripts = {
  runOn: async (origins) => {
    const matches = patternsOf(origins);
    await register(matches);
    await runInOpenTabs(matches);
  },
};
