/** A page that was visited. `lastVisitTime` is in milliseconds, in Chromium to the microsecond. */
export type VisitedPage = {
  readonly url?: string | undefined;
  readonly lastVisitTime?: number | undefined;
};

/** The browser's history. Where the agent did not allow it, nothing is seen and nothing happens. */
export type BrowserHistory = {
  /** Calls back on every visit, the hops of a redirect included, once however often it is asked for. */
  readonly listen: (listener: (page: VisitedPage) => unknown) => void;
  readonly unlisten: (listener: (page: VisitedPage) => unknown) => void;
  /** Removes every visit of exactly this URL. */
  readonly forgetUrl: (url: string) => Promise<void>;
  /** Removes the visits of one moment: a page and the hops of the redirect that led to it. */
  readonly forgetMoment: (milliseconds: number) => Promise<void>;
};

/** Rounding may cost a microsecond; two pages never came in the same one. */
const MICROSECOND = 0.001;

/** The browser leaves the whole interface out until the agent allows it. */
const allowed = (): typeof chrome.history | undefined => chrome.history;

/** {@link BrowserHistory} of the running browser. */
export const browserHistory: BrowserHistory = {
  listen: (listener) => allowed()?.onVisited.addListener(listener),
  unlisten: (listener) => allowed()?.onVisited.removeListener(listener),
  forgetUrl: async (url) => allowed()?.deleteUrl({ url }),
  forgetMoment: async (time) =>
    allowed()?.deleteRange({ startTime: time - MICROSECOND, endTime: time + 2 * MICROSECOND }),
};
