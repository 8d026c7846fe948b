/** Match patterns of all pages of these origins. Ports are left out: match patterns have none in Firefox. */
export const patternsOf = (origins: readonly string[]): string[] =>
  origins.map((origin) => {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  });

/** Tells whether the agent has already given access to all these origins. */
export const hasHostPermission = (origins: readonly string[]): Promise<boolean> =>
  chrome.permissions.contains({ origins: patternsOf(origins) });

/**
 * Asks the agent for access to these origins. Must be called directly in a click's handler, before
 * anything is awaited: the browser refuses it otherwise.
 */
export const requestHostPermission = (origins: readonly string[]): Promise<boolean> =>
  chrome.permissions.request({ origins: patternsOf(origins) });

/** Asks for access to the cookies of these origins, as {@link requestHostPermission} does. */
export const requestCookieAccess = (origins: readonly string[]): Promise<boolean> =>
  chrome.permissions.request({ permissions: ['cookies'], origins: patternsOf(origins) });

const HISTORY = { permissions: ['history'] } as const satisfies chrome.permissions.Permissions;

/** Tells whether the agent has already given access to the history. */
export const hasHistoryAccess = (): Promise<boolean> => chrome.permissions.contains(HISTORY);

/** Asks for access to the history, as {@link requestHostPermission} does. */
export const requestHistoryAccess = (): Promise<boolean> => chrome.permissions.request(HISTORY);

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
