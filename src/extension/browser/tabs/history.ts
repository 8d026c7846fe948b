/** A page that was visited. The time is in milliseconds, in Chromium to the microsecond. */
export type VisitedPage = { readonly url: string; readonly time: number };

/** The browser's history. Where the agent did not allow it, nothing is seen and nothing happens. */
export type BrowserHistory = {
  /** Calls back on every visit, the hops of a redirect included, until it is told to stop. */
  readonly listen: (listener: (page: VisitedPage) => unknown) => void;
  readonly unlisten: (listener: (page: VisitedPage) => unknown) => void;
  /** The pages that were visited since a time; in Chromium without the hops of redirects. */
  readonly since: (milliseconds: number) => Promise<readonly VisitedPage[]>;
  /** Removes every visit of exactly this URL. */
  readonly forgetUrl: (url: string) => Promise<void>;
  /** Removes the visits with one timestamp: a page and the hops of the redirect that led to it. */
  readonly forgetMoment: (milliseconds: number) => Promise<void>;
};

/** Chromium gives timestamps to the microsecond, Firefox rounds them down to the millisecond. */
const MICROSECOND = 0.001;
const MILLISECOND = 1;

/** The browser leaves the whole interface out until the agent allows it. */
const allowed = (): typeof chrome.history | undefined => chrome.history;

/** Tells whether the agent allowed the extension to see the history, and to remove visits from it. */
export const hasHistoryAccess = (): boolean => allowed() !== undefined;

const pageOf = ({
  url = 'about:blank',
  lastVisitTime = 0,
}: {
  readonly url?: string | undefined;
  readonly lastVisitTime?: number | undefined;
}): VisitedPage => ({ url, time: lastVisitTime });

type Listener = Parameters<BrowserHistory['listen']>[0];
const forwarding = new Map<Listener, (item: chrome.history.HistoryItem) => void>();

/** {@link BrowserHistory} of the running browser. */
export const browserHistory: BrowserHistory = {
  listen: (listener) => {
    const forward = forwarding.get(listener) ?? ((item) => void listener(pageOf(item)));
    forwarding.set(listener, forward);
    allowed()?.onVisited.addListener(forward);
  },
  unlisten: (listener) => {
    const forward = forwarding.get(listener);
    if (forward) {
      allowed()?.onVisited.removeListener(forward);
    }
  },
  since: async (startTime) => {
    const pages = await allowed()?.search({ text: '', startTime, maxResults: 1_000 });
    return (pages ?? []).map(pageOf);
  },
  forgetUrl: async (url) => allowed()?.deleteUrl({ url }),
  forgetMoment: async (time) =>
    allowed()?.deleteRange({ startTime: time - MICROSECOND, endTime: time + MILLISECOND }),
};
