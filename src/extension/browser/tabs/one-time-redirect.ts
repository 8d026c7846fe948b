import { inBackground } from '../../in-background.ts';

// Chromium keeps the address that a tab was first asked for in its list of open tabs, on disk, until the
// tab is closed and longer. A launch's carries the token; so where nothing of it may stay, the tab is asked
// for an address of the extension's own, which the worker answers with a redirect.

type FetchEvent = Event & {
  readonly request: Request;
  readonly respondWith: (response: Response) => void;
};
type RoutesEvent = Event & { readonly addRoutes?: (rule: unknown) => Promise<void> };

declare global {
  interface WindowEventMap {
    fetch: FetchEvent;
    install: RoutesEvent;
  }
}

const FOLDER = '/launch/';
/** As long as a token lives. */
const LIFE_MILLISECONDS = 60_000;
const destinations = new Map<string, string>();

/**
 * Registers the worker's part; call it in its first turn. All other pages of the extension are taken from
 * its package and need no answer of the worker; Chromium may start it all the same.
 */
export const serveOneTimeRedirects = (): void => {
  addEventListener('install', (event) => {
    const added = event.addRoutes?.({
      condition: { not: { urlPattern: { pathname: `${FOLDER}*` } } },
      source: 'network',
    });
    if (added) {
      inBackground(added, 'routing past the worker');
    }
  });
  addEventListener('fetch', (event) => {
    const destination = destinations.get(event.request.url);
    if (destination === undefined) {
      return;
    }
    destinations.delete(event.request.url);
    event.respondWith(Response.redirect(destination, 302));
  });
};

/** Gives an address of the extension's own that leads to another one, once. Firefox has no use for it: its worker is a page. */
export const oneTimeRedirectTo = (destination: string): string => {
  if (!('ServiceWorkerGlobalScope' in globalThis)) {
    return destination;
  }
  const address = chrome.runtime.getURL(`${FOLDER}${crypto.randomUUID()}`);
  destinations.set(address, destination);
  setTimeout(() => destinations.delete(address), LIFE_MILLISECONDS);
  return address;
};
