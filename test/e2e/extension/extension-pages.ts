import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import { inRepository } from '../../../src/commands/repository.ts';

/** The built extension in a browser of its own, whose pages talk to a worker that the test plays. */
export type ExtensionPages = {
  readonly context: BrowserContext;
  /**
   * Opens a page of the extension; `replies` answers its messages by name, others stay unanswered. The page has them
   * as a global of that name, where a test can change them.
   */
  readonly open: (
    page: 'popup' | 'options',
    replies: Readonly<Record<string, unknown>>,
    look: PageLook,
  ) => Promise<Page>;
  readonly close: () => Promise<void>;
};

/** How a page is looked at; the size is in CSS pixels. */
export type PageLook = {
  readonly colorScheme: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Another language than the browser's. */
  readonly language?: 'de';
};

const EXTENSION = inRepository('dist/chrome');

/**
 * Plays the worker: answers by name, keeps what was asked, and writes a snapshot when the test says so.
 * What the real one left is not seen.
 */
const playWorker = (replies: Readonly<Record<string, unknown>>): void => {
  type Message = { readonly name: string; readonly request: { readonly id?: string } };
  const asked: Message[] = [];
  const answer = ({ name, request }: Message): unknown => {
    const reply = structuredClone(replies[name]);
    // A launch has the id that the view made.
    if (name === 'launch') {
      Object.assign(Object(Reflect.get(Object(reply), 'value')), request);
    }
    return reply;
  };
  Object.assign(globalThis, { asked, replies });
  const { session } = chrome.storage;
  const stored = session.get.bind(session);
  const listeners: ((changes: object) => void)[] = [];
  const addListener = (listener: (changes: object) => void) => void listeners.push(listener);
  Object.defineProperty(session, 'get', { value: async () => ({}) });
  Object.defineProperty(session, 'onChanged', { value: { addListener } });
  const sendToRealWorker = chrome.runtime.sendMessage.bind(chrome.runtime);
  Object.assign(globalThis, {
    writeSnapshot: async (snapshot: unknown) => {
      // The real worker stamps what it leaves with its build; it leaves something once it was asked.
      await sendToRealWorker({ name: 'get_snapshot', request: {} });
      const { snapshot: left } = await stored<{ snapshot: { build: string } }>('snapshot');
      const newValue = { build: left.build, snapshot };
      for (const listener of listeners) {
        listener({ snapshot: { newValue } });
      }
    },
  });
  Object.defineProperty(chrome.runtime, 'sendMessage', {
    value: (message: Message) => {
      asked.push(message);
      return replies[message.name] !== undefined
        ? Promise.resolve(answer(message))
        : new Promise(() => undefined);
    },
  });
};

/** Plays a browser in another language. */
const speak = (texts: Readonly<Record<string, { readonly message: string }>>): void => {
  Object.defineProperty(chrome.i18n, 'getMessage', {
    value: (key: string, substitutions: readonly string[] = []) =>
      (texts[key]?.message ?? '').replace(/\$(\d)/g, (_, place) => substitutions[place - 1] ?? ''),
  });
};

/** Starts Chromium with the extension from `dist/chrome`. */
export const openExtensionPages = async (): Promise<ExtensionPages> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new NoBrowserError('Run "npm test", which finds Chromium.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'understudy-pages-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // A scroll bar takes its place from the page, which the layout must bear.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: [
      `--disable-extensions-except=${EXTENSION}`,
      `--load-extension=${EXTENSION}`,
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const origin = new URL(worker.url()).host;
  return {
    context,
    open: async (name, replies, { colorScheme, width = 400, height = 600, language }) => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.addInitScript(playWorker, replies);
      if (language) {
        const texts = await readFile(`${EXTENSION}/_locales/${language}/messages.json`, 'utf8');
        await page.addInitScript(speak, JSON.parse(texts));
      }
      await page.goto(`chrome-extension://${origin}/src/extension/${name}/index.html`);
      return page;
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};
