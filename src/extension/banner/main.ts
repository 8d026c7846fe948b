import { type BannerSession, drawBanner } from './banner.ts';

// Runs in the app's pages, for the origins that the agent allowed. Knows nothing but what the worker
// answers for this very tab, and sends nothing but: who am I here, end, focus.

/**
 * The worker is asked so often whether the session still is, in milliseconds, by a banner that can be seen:
 * an end by somebody else shows within fifteen seconds.
 */
const ASK_EVERY = 10_000;
const MARK = 'understudyBanner';

/** The worker makes the session; only an older or newer worker could make another. */
const isSession = (value: unknown): value is BannerSession =>
  ['customerName', 'agentName', 'targetAppName'].every(
    (name) => typeof Reflect.get(Object(value), name) === 'string',
  );

const ask = async (name: string): Promise<BannerSession | undefined> => {
  try {
    const answer: unknown = await chrome.runtime.sendMessage({ name, request: {} });
    const session: unknown = Reflect.get(Object(answer), 'session');
    return isSession(session) ? session : undefined;
  } catch {
    // The extension was updated or removed: its banner has nobody to speak for.
    return undefined;
  }
};

const run = async (): Promise<void> => {
  const banner = drawBanner({
    text: (key, ...substitutions) => chrome.i18n.getMessage(key, substitutions),
    now: () => Date.now(),
    send: (name) => void ask(name),
  });
  const update = async (): Promise<void> => banner.show(await ask('banner_session'));
  const updateIfSeen = (): void => {
    if (!document.hidden) void update();
  };
  await update();
  setInterval(updateIfSeen, ASK_EVERY);
  document.addEventListener('visibilitychange', updateIfSeen);
};

// The worker may put the script into a page that had it registered already.
if (!Reflect.has(globalThis, MARK)) {
  Reflect.set(globalThis, MARK, true);
  void run();
}
