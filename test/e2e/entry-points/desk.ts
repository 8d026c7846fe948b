import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page, type Worker } from 'playwright';
import * as z from 'zod/mini';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { afterSignIn } from '../after-sign-in.ts';
import { TEST_EXTENSION } from '../built-for-tests.ts';
import { nextTab } from '../next-tab.ts';
import { submitSignIn } from '../sign-in-form.ts';

/** An agent's browser as it stands on their desk: signed in, no panel open, the real popup in reach. */
export type Desk = {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly worker: () => Promise<Worker>;
  /** The real popup, or the small window in its place, once it is open. */
  readonly panel: () => Promise<Page>;
  /** How many panels are open. */
  readonly panels: () => Promise<number>;
  /** Stops the worker as the browser does with an idle one. */
  readonly stopWorker: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type How = {
  readonly endpoints: Endpoints;
  /** Variables of the display; without them the browser is headless. */
  readonly display?: Readonly<Record<string, string>>;
  /** Folders of other extensions to load as well. */
  readonly others?: readonly string[];
};

const POPUP_PATH = '/src/extension/popup/index.html';
const WAIT_MILLISECONDS = 30_000;

const signIn = async (context: BrowserContext, { endpoints }: How): Promise<void> => {
  const { accounts, backend, extension } = endpoints;
  const page = await context.newPage();
  const views = `chrome-extension://${extension.id}/src/extension`;
  await page.goto(`${views}/options/index.html`);
  await page.getByLabel('Backend address').fill(backend);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.goto(`${views}/popup/index.html`);
  const opened = nextTab(context);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const login = await opened;
  await submitSignIn(login, accounts.agent);
  await afterSignIn(page);
  // The profile brings the record patterns, and the menus with them.
  await page.waitForFunction(async () => 'recordPatterns' in (await chrome.storage.local.get()));
  await page.close();
};

/** Opens Chromium with the built extension and signs the agent in. */
export const openDesk = async (how: How): Promise<Desk> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new NoBrowserError('Run "npm test", which finds or installs Chromium.');
  }
  const { endpoints, display, others = [] } = how;
  const extensions = [TEST_EXTENSION.chrome, ...others].join(',');
  const profile = await mkdtemp(join(tmpdir(), 'understudy-desk-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: display === undefined,
    viewport: null,
    ...(display && { env: { ...process.env, ...display } as Record<string, string> }),
    args: [
      `--disable-extensions-except=${extensions}`,
      `--load-extension=${extensions}`,
      '--remote-debugging-port=0',
      '--window-position=0,0',
      '--window-size=1200,860',
      '--disable-gpu',
      '--no-first-run',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  await signIn(context, how);

  // The launching connection never lists the popup; one that connects when it is there does.
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const connections: Browser[] = [];
  const targets = async (): Promise<number> => {
    const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
    const pages = z.array(z.object({ url: z.string() })).parse(await listed.json());
    return pages.filter(({ url }) => URL.parse(url)?.pathname === POPUP_PATH).length;
  };
  const connect = async (): Promise<Page | undefined> => {
    const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    connections.push(connection);
    return connection
      .contexts()
      .flatMap((other) => other.pages())
      .find((page) => URL.parse(page.url())?.pathname === POPUP_PATH);
  };

  return {
    context,
    profile,
    worker: async () => {
      const own = context
        .serviceWorkers()
        .find((each) => each.url().includes(endpoints.extension.id));
      return own ?? (await context.waitForEvent('serviceworker'));
    },
    panel: async () => {
      const deadline = Date.now() + WAIT_MILLISECONDS;
      for (;;) {
        const panel = (await targets()) > 0 ? await connect() : undefined;
        if (panel) {
          return panel;
        }
        if (Date.now() > deadline) {
          throw new Error('No panel opened.');
        }
        await delay(50);
      }
    },
    panels: targets,
    stopWorker: async () => {
      const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const session = await connection.newBrowserCDPSession();
      const { targetInfos } = await session.send('Target.getTargets');
      const worker = targetInfos.find(
        ({ type, url }) => type === 'service_worker' && url.includes(endpoints.extension.id),
      );
      if (!worker) {
        throw new Error('No worker is running.');
      }
      await session.send('Target.closeTarget', { targetId: worker.targetId });
      await connection.close();
    },
    close: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};
