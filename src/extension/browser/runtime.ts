import { inBackground } from '../in-background.ts';
import { type CookieStore, storeOfTab } from './tabs/cookie-store.ts';

// `chrome` with promises, which every Manifest V3 browser has: the polyfill would be a tenth of the
// popup's size, and views need nothing of what it adds.

/** Who sent a message, as the browser vouches for it. `url` is the page or worker that sent it. */
type MessageSender = {
  readonly id: string | undefined;
  readonly url: string | undefined;
  /** The frame within the tab, 0 for the page itself; absent for what is in no tab. */
  readonly frameId?: number | undefined;
  /** Whose cookies the tab uses; absent for what is in no tab. */
  readonly store?: CookieStore | undefined;
};

/** Answers a message, or gives `undefined` for one that is not for it. Must not reject. */
export type MessageListener = (
  message: unknown,
  sender: MessageSender,
) => Promise<unknown> | undefined;

/** The id that the browser gave this extension. */
export const extensionId = (): string => chrome.runtime.id;

/** The prefix that every page of this extension has in its URL, with a trailing slash. */
export const extensionBaseUrl = (): string => chrome.runtime.getURL('');

/**
 * Sends a message to the extension's other contexts and gives the answer, which is what the listener that
 * answers says it is: nothing is checked here.
 * @throws when nobody listens, or the listener stopped before it answered
 */
export const sendMessage = <Answer>(message: unknown): Promise<Answer> =>
  chrome.runtime.sendMessage(message);

/** Listens to messages from this extension's own contexts. Pages and other extensions use another event, which nobody listens to. */
export const onMessage = (listener: MessageListener): void => {
  chrome.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const { id, url, frameId, tab } = sender;
    const reply = listener(message, { id, url, frameId, store: tab && storeOfTab(tab) });
    if (!reply) {
      return false;
    }
    inBackground(reply.then(sendResponse), 'answering a message');
    return true;
  });
};

/** Opens the options page, or brings it to the front. */
export const openOptionsPage = (): Promise<void> => chrome.runtime.openOptionsPage();

/** What the manifest asks for at install. */
export const requiredPermissions = (): readonly string[] =>
  chrome.runtime.getManifest().permissions ?? [];

/** Calls back after an install, an update or a browser start: what the browser keeps for us may be out of date. */
export const onFreshStart = (listener: () => void): void => {
  chrome.runtime.onInstalled.addListener(() => listener());
  chrome.runtime.onStartup.addListener(() => listener());
};
