import { readFile } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import { inRepository } from '../../../src/commands/repository.ts';

/** What the worker answers a banner; the end of the session as minutes from now. */
export type BannerExample = {
  readonly customerName: string;
  readonly agentName: string;
  readonly targetAppName: string;
  readonly organizationName?: string;
  readonly reason?: string;
  readonly minutesLeft: number;
};

/** How a page is looked at; the size is in CSS pixels. */
export type BannerLook = {
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active';
  readonly width?: number;
  /** Whether the test moves the time. */
  readonly hasClock?: true;
};

/**
 * The built banner in a page of its own. In a browser its shadow root is closed to everybody, tests
 * included: here the script runs as the page's own, in a page that lets no root be closed and that plays
 * the worker.
 */
export type BannerPages = {
  readonly open: (example: BannerExample, look?: BannerLook) => Promise<Page>;
  readonly close: () => Promise<void>;
};

const APP_PAGE = `<!doctype html><html lang="en"><head><title>App</title><meta name="viewport"
content="width=device-width"><style>:root{color-scheme:light dark}body{margin:0;
font:16px/1.5 Georgia,serif;background:Canvas;color:CanvasText}main{max-width:60ch;margin:24px auto;
padding:0 16px}button{all:unset;color:red!important;font-size:40px!important}
div{letter-spacing:.2em;text-transform:uppercase}</style></head>
<body><main><h1>Your orders</h1><p>Walnut desk lamp, on its way.</p></main></body></html>`;

const play = ({ session, texts }: { session: object; texts: Record<string, string> }): void => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachOpen(options) {
    return attach.call(this, { ...options, mode: 'open' });
  };
  const sent: unknown[] = [];
  const world = globalThis as unknown as {
    chrome: object;
    sent: unknown[];
    session: object;
    tell: (content: object) => void;
    held: Promise<void>;
  };
  world.held = Promise.resolve();
  world.sent = sent;
  world.session = session;
  world.chrome = {
    runtime: {
      id: 'extension',
      onMessage: {
        addListener: (hear: (message: object, sender: { id: string }) => void) => {
          world.tell = (content) =>
            hear({ name: 'banner_changed', ...content }, { id: 'extension' });
        },
      },
      sendMessage: async (message: { name: string }) => {
        sent.push(message);
        const folds = message.name === 'banner_fold' || message.name === 'banner_unfold';
        if (folds) {
          world.session = { ...world.session, isFolded: message.name === 'banner_fold' };
        }
        const answer = { session: world.session };
        await world.held;
        return answer;
      },
    },
    i18n: {
      getMessage: (key: string, substitutions: string[]) =>
        (texts[key] ?? '').replace(
          /\$(\d)/g,
          (_all, index) => substitutions[Number(index) - 1] ?? '',
        ),
    },
  };
};

/** Says something to the banner as the worker does. */
export const tellBanner = (page: Page, content: object): Promise<void> =>
  page.evaluate(
    (told) => (globalThis as unknown as { tell: (content: object) => void }).tell(told),
    content,
  );

/** Has the banner ask the worker; gives what lets the worker's answer, made at once, arrive. */
export const askSlowly = async (page: Page): Promise<() => Promise<void>> => {
  await page.evaluate(() => {
    const answered = Promise.withResolvers<void>();
    Object.assign(globalThis, { held: answered.promise, release: answered.resolve });
    dispatchEvent(new Event('pageshow'));
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'release')());
};

/** Starts a browser without the extension and reads the texts in a language. */
export const openBannerPages = async (language = 'en'): Promise<BannerPages> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new NoBrowserError('Run "npm test", which finds Chromium.');
  }
  const browser: Browser = await chromium.launch({ executablePath, args: ['--disable-gpu'] });
  const messages = await readFile(
    inRepository(`public/_locales/${language}/messages.json`),
    'utf8',
  );
  const texts = Object.fromEntries(
    Object.entries<{ message: string }>(JSON.parse(messages)).map(([key, { message }]) => [
      key,
      message,
    ]),
  );
  return {
    open: async ({ minutesLeft, ...example }, look = {}) => {
      const context = await browser.newContext({
        colorScheme: look.colorScheme ?? 'light',
        ...(look.forcedColors && { forcedColors: look.forcedColors }),
        viewport: { width: look.width ?? 1000, height: 480 },
      });
      const page = await context.newPage();
      if (look.hasClock) {
        await page.clock.install();
      }
      await page.setContent(APP_PAGE);
      const sessionEndsAt = new Date(Date.now() + minutesLeft * 60_000).toISOString();
      await page.evaluate(play, { session: { ...example, sessionEndsAt }, texts });
      await page.addScriptTag({ path: inRepository('dist/chrome/banner.js') });
      await page.getByRole('region', { name: 'Understudy' }).waitFor();
      // Beside the body, axe cannot tell what is behind the text, and rules out no lack of contrast.
      await page.evaluate(() => {
        const banner = document.querySelector('understudy-banner');
        if (banner) {
          document.body.append(banner);
        }
      });
      return page;
    },
    close: () => browser.close(),
  };
};
