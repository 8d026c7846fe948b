/** Match patterns of all pages of these origins. Ports are left out: match patterns have none in Firefox. */
export const patternsOf = (origins: readonly string[]): string[] =>
  origins.map((origin) => {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  });

/** What the manifest leaves to the agent: interfaces of the browser, and sites. */
export type Access = {
  readonly permissions?: readonly ('cookies' | 'history' | 'tabGroups')[];
  readonly origins?: readonly string[];
};

const inBrowserTerms = ({ permissions = [], origins = [] }: Access) => ({
  permissions: [...permissions],
  origins: patternsOf(origins),
});

/** Tells whether the agent has already given this access. */
export const hasAccess = (access: Access): Promise<boolean> =>
  chrome.permissions.contains(inBrowserTerms(access));

/**
 * Asks the agent for access. Must be called directly in a click's handler, before anything is awaited: the
 * browser refuses it otherwise.
 */
export const requestAccess = (access: Access): Promise<boolean> =>
  chrome.permissions.request(inBrowserTerms(access));

/** Gives access back; the browser asks again before it is given anew. */
export const giveBackAccess = (access: Access): Promise<boolean> =>
  chrome.permissions.remove(inBrowserTerms(access));

/** Tells whether the agent has already given access to all these origins. */
export const hasHostPermission = (origins: readonly string[]): Promise<boolean> =>
  hasAccess({ origins });

/**
 * Tells whether this browser needs host permission to call a backend that already allows the
 * extension by CORS. Firefox does: its extension origins are random, so no server can list them.
 */
export const needsHostPermissionForCalls = (): boolean =>
  chrome.runtime.getURL('').startsWith('moz-extension://');

/** Calls back after the agent gave a permission, in whichever view that was. */
export const onPermissionAdded = (listener: () => void): void =>
  chrome.permissions.onAdded.addListener(() => listener());

/** Tells whether the agent allowed the extension in private windows. It cannot be asked for. */
export const mayUsePrivateWindows = (): Promise<boolean> =>
  chrome.extension.isAllowedIncognitoAccess();

/** Tells whether this browser has containers, which only Firefox has. */
export const hasContainers = (): boolean => 'contextualIdentities' in chrome;
