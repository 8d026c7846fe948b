/** What is known about a sender; see the browser's `MessageSender`. */
type Sender = { readonly id: string | undefined; readonly url: string | undefined };

/** Who we are, to compare with. `baseUrl` ends with a slash. */
export type OwnIdentity = { readonly id: string; readonly baseUrl: string };

/**
 * Tells whether a message comes from a page or the worker of this extension itself: not from another
 * extension, and not from a content script, whose URL is the page that it runs in.
 */
export const isOwnContext = (sender: Sender, own: OwnIdentity): boolean =>
  sender.id === own.id && sender.url !== undefined && sender.url.startsWith(own.baseUrl);

/** How it is checked that a message comes from whom its declaration allows. */
export const SENDER_CHECKS = { extension_page: isOwnContext };

/** Who may send a message: a page of this extension. What a content script may send stands with the banner. */
export type AllowedSender = keyof typeof SENDER_CHECKS;
