import { patternsOf } from './site-access.ts';

type Permission = 'cookies' | 'history' | 'tabGroups';

/** Tells whether this browser's build leaves a permission to the agent. */
export const isOptional = (permission: Permission): boolean =>
  !(chrome.runtime.getManifest().permissions ?? []).some((name) => name === permission);

/** What the manifest leaves to the agent: interfaces of the browser, and sites. */
export type Access = {
  readonly permissions?: readonly Permission[];
  readonly origins?: readonly string[];
};

/** Without what the manifest requires: that is there, and a browser refuses to be asked for it. */
const inBrowserTerms = ({ permissions = [], origins = [] }: Access) => ({
  permissions: permissions.filter(isOptional),
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
  chrome.permissions.request(inBrowserTerms(access)).catch(() => false);

/** Gives access back; the browser asks again before it is given anew. */
export const giveBackAccess = (access: Access): Promise<boolean> =>
  chrome.permissions.remove(inBrowserTerms(access));

/**
 * Tells whether this browser needs host permission to call a backend that already allows the
 * extension by CORS. Firefox does: its extension origins are random, so no server can list them.
 */
export const needsHostPermissionForCalls = (): boolean =>
  chrome.runtime.getURL('').startsWith('moz-extension://');

/** Calls back when the agent gave or took back access, wherever that was. */
export const onAccessChanged = (listener: () => void): void => {
  chrome.permissions.onAdded.addListener(listener);
  chrome.permissions.onRemoved.addListener(listener);
};

/** Tells whether this browser has containers, which only Firefox has. */
export const hasContainers = (): boolean => 'contextualIdentities' in chrome;

/** Tells whether the agent allowed the extension in private windows. It cannot be asked for. */
export const mayUsePrivateWindows = (): Promise<boolean> =>
  chrome.extension.isAllowedIncognitoAccess();
