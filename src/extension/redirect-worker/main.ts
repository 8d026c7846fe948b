import { leadOn } from './lead-on.ts';

// A service worker of its own, for the addresses of one-time redirects alone. The extension's own worker has no
// `fetch` listener: a browser starts a worker that has one for each page in its scope, and the popup's first
// paint would have to share the processor with that start.

type FetchEvent = Event & {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
};

declare global {
  interface WindowEventMap {
    fetch: FetchEvent;
  }
}

addEventListener('fetch', (event) => event.respondWith(leadOn(event.request.url)));
