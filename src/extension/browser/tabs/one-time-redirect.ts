import { inBackground } from '../../in-background.ts';
import { REDIRECT_SCOPE } from './redirect-worker.ts';

// Chromium keeps the address that a tab was first asked for in its list of open tabs, on disk, until the
// tab is closed and longer. A launch's carries the token; so where nothing of it may stay, the tab is asked
// for an address of the extension's own, which a worker for such addresses alone answers with a redirect.

/** As long as a token lives. */
const LIFE_MILLISECONDS = 60_000;

type OneTimeRedirect = {
  readonly address: string;
  readonly isUsed: () => boolean;
  readonly revoke: () => void;
};

/**
 * Makes an address of the extension's own that leads to another one, once and for a minute. The destination is
 * told over a channel that has the address for its name, and is nowhere but in memory.
 */
const oneTimeRedirectTo = (destination: string): OneTimeRedirect => {
  const address = chrome.runtime.getURL(`${REDIRECT_SCOPE}${crypto.randomUUID()}`);
  const channel = new BroadcastChannel(address);
  let isUsed = false;
  const timer = setTimeout(() => channel.close(), LIFE_MILLISECONDS);
  const revoke = (): void => {
    clearTimeout(timer);
    channel.close();
  };
  channel.addEventListener(
    'message',
    () => {
      isUsed = true;
      channel.postMessage(destination);
      revoke();
    },
    { once: true },
  );
  return { address, isUsed: () => isUsed, revoke };
};

type Dependencies = {
  readonly open: (url: string) => Promise<number>;
  readonly navigate: (tabId: number, url: string) => Promise<void>;
  /** Calls back on every change of a tab until what it gives is called. */
  readonly onUpdated: (
    listener: (update: { readonly tabId: number; readonly complete: boolean }) => void,
  ) => () => void;
};

/**
 * Opens a tab by a one-time redirect and gives its id. A tab that has loaded without asking where the redirect
 * leads found no worker that serves it: it is sent to the destination all the same, for a clean list of tabs
 * is worth less than the launch.
 */
export const openByOneTimeRedirect = async (
  { open, navigate, onUpdated }: Dependencies,
  destination: string,
): Promise<number> => {
  const redirect = oneTimeRedirectTo(destination);
  const loaded = new Set<number>();
  let opened: number | undefined;
  const look = (): void => {
    if (opened === undefined || !loaded.has(opened)) {
      return;
    }
    stop();
    if (!redirect.isUsed()) {
      redirect.revoke();
      inBackground(navigate(opened, destination), 'opening a tab without a redirect');
    }
  };
  const stop = onUpdated(({ tabId, complete }) => {
    if (complete) {
      loaded.add(tabId);
      look();
    }
  });
  // The tab may be closed before it has loaded.
  setTimeout(stop, LIFE_MILLISECONDS);
  try {
    opened = await open(redirect.address);
  } catch (error) {
    stop();
    redirect.revoke();
    throw error;
  }
  look();
  return opened;
};
