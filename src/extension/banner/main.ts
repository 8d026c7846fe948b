import {
  type BannerContent,
  type BannerEnd,
  type BannerRequest,
  type BannerSession,
  drawBanner,
} from './banner.ts';

// Runs in the app's pages, for the origins that the agent allowed. Knows nothing but what the worker says of
// this very tab, and sends nothing but the names in BannerRequest.

/**
 * A banner that can be seen asks so often, in milliseconds: the worker then asks the backend, so that an end
 * by somebody else shows within fifteen seconds. What this browser does itself, the worker says at once.
 */
const ASK_EVERY = 10_000;
const MARK = 'understudyBanner';

const hasTexts = (value: unknown, names: readonly string[]): boolean =>
  names.every((name) => typeof Reflect.get(Object(value), name) === 'string');

const isSession = (value: unknown): value is BannerSession =>
  hasTexts(value, ['customerName', 'agentName', 'targetAppName']);

const isEnd = (value: unknown): value is BannerEnd => hasTexts(value, ['customerName', 'result']);

/** The texts of the company's language, from the worker's answer; the browser's hold without them. */
let texts: unknown;

const text = (key: string, ...substitutions: string[]): string => {
  const chosen: unknown = Reflect.get(Object(texts), key);
  return typeof chosen === 'string'
    ? chosen.replace(/\$(\d)/g, (_, place) => substitutions[Number(place) - 1] ?? '')
    : chrome.i18n.getMessage(key, substitutions);
};

/** The worker makes the content; only an older or newer worker could make another. */
const contentOf = (message: unknown): BannerContent => {
  const session: unknown = Reflect.get(Object(message), 'session');
  const ended: unknown = Reflect.get(Object(message), 'ended');
  return {
    session: isSession(session) ? session : undefined,
    ended: isEnd(ended) ? ended : undefined,
  };
};

const ask = async (name: BannerRequest): Promise<BannerContent> => {
  try {
    const answer: unknown = await chrome.runtime.sendMessage({ name, request: {} });
    texts = Reflect.get(Object(answer), 'texts') ?? texts;
    return contentOf(answer);
  } catch {
    // The extension was updated or removed: its banner has nobody to speak for.
    return {};
  }
};

/** Lets a task go on that nobody waits for. A page that goes away in the middle takes its banner along. */
const inBackground = (task: Promise<unknown>): void => {
  task.catch(() => undefined);
};

const run = async (): Promise<void> => {
  /** What the worker said last of itself, and how often it has. */
  let told: BannerContent = {};
  let timesTold = 0;
  /** What the worker says of itself is newer than an answer that it comes before. */
  const askAndShow = async (name: BannerRequest): Promise<void> => {
    const before = timesTold;
    const answer = await ask(name);
    banner.show(timesTold === before ? answer : told);
  };
  const banner = drawBanner({
    text,
    now: () => Date.now(),
    send: (name) => {
      // The answer to an end is its verdict.
      inBackground(askAndShow(name));
    },
  });
  const update = (): Promise<void> => askAndShow('banner_session');
  const updateIfSeen = (): void => {
    if (!document.hidden) {
      inBackground(update());
    }
  };
  chrome.runtime.onMessage.addListener((message: unknown, sender) => {
    if (sender.id === chrome.runtime.id && hasTexts(message, ['name'])) {
      told = contentOf(message);
      timesTold += 1;
      banner.show(told);
    }
  });
  await update();
  setInterval(updateIfSeen, ASK_EVERY);
  document.addEventListener('visibilitychange', updateIfSeen);
  // A page that comes back from the browser's back-forward cache heard nothing meanwhile.
  addEventListener('pageshow', updateIfSeen);
};

// The worker may put the script into a page that had it registered already.
if (!Reflect.has(globalThis, MARK)) {
  Reflect.set(globalThis, MARK, true);
  inBackground(run());
}
