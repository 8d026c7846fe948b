import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright';
import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { buildForDevelopment, buildIfOutdated } from './build-artifacts.ts';
import { ensureChromium, NoBrowserError } from './chromium.ts';
import { openExtensionBrowser } from './extension-browser.ts';
import { onChange } from './on-change.ts';
import { inRepository } from './repository.ts';
import { SandboxError, sandboxFolder, startSandbox } from './sandbox-process.ts';

const USAGE = `Usage:
  npm run dev -- [--headless]

Starts the sandbox and Chromium with the extension, and builds and loads it again on each change of its source.

  --headless   without a display
`;

const SOURCES = ['src/extension', 'src/contract', 'public', 'manifest.json'];
/** Only drawn: an open page shows a change of these when it is loaded again, and the worker goes on. */
const VIEWS = /^(?:src\/extension\/(?:popup|options)|public\/palette\.css)/;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const LOADED_MILLISECONDS = 10_000;

/** Opens a page of the extension, which the browser refuses while it loads the extension again. */
const openOnceLoaded = async (page: Page, address: string): Promise<void> => {
  const deadline = Date.now() + LOADED_MILLISECONDS;
  for (;;) {
    try {
      await page.goto(address);
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await delay(100);
    }
  }
};

/** Shows what was built: loads the extension's open pages again, and the whole extension if more than views changed. */
const show = async (
  context: BrowserContext,
  id: string,
  changed: readonly string[],
): Promise<void> => {
  const home = `chrome-extension://${id}/`;
  const isOurs = (url: string): boolean => url.startsWith(home);
  const open = context.pages().filter((page) => isOurs(page.url()));
  if (changed.every((path) => VIEWS.test(path))) {
    await Promise.all(open.map((page) => page.reload()));
    return;
  }
  // Closes every page of the extension, so one of our own asks for it, and they are opened again afterwards.
  const addresses = open.map((page) => page.url());
  const asking = await context.newPage();
  await asking.goto(`${home}src/extension/options/index.html`);
  const closed = asking.waitForEvent('close');
  await asking.evaluate('chrome.runtime.reload()').catch(() => undefined);
  await closed;
  for (const address of addresses) {
    const page = await context.newPage();
    await openOnceLoaded(page, address);
  }
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, { headless: { type: 'boolean' } }, 0);
  const executablePath = ensureChromium();
  await buildIfOutdated();
  await buildForDevelopment();
  say('Starting the sandbox…');
  const sandbox = await startSandbox(sandboxFolder());
  const { extension, backend, accounts } = sandbox.endpoints;
  const browser = await openExtensionBrowser({
    executablePath,
    extension: inRepository('dist', 'dev'),
    extensionId: extension.id,
    headless: values.headless ?? false,
    grants: { privateWindows: true, developerMode: true },
  });
  const options = browser.context.pages()[0] ?? (await browser.context.newPage());
  await options.goto(`chrome-extension://${extension.id}/src/extension/options/index.html`);
  const stopWatching = onChange(
    SOURCES,
    async (changed) => {
      const from = performance.now();
      await buildForDevelopment();
      await show(browser.context, extension.id, changed);
      const took = Math.round(performance.now() - from);
      say(`Built and loaded again in ${took} ms: ${changed.slice(0, 3).join(', ')}`);
    },
    (error) => say(`Not built: ${error instanceof Error ? error.message : String(error)}`),
  );
  say(
    `Backend ${backend}, agent ${accounts.agent.email} with password ${accounts.agent.password}.`,
  );
  say('Change something in src/extension. Close the browser or press Ctrl+C to stop.');
  const closed = new Promise<void>((resolve) => browser.context.once('close', () => resolve()));
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await Promise.race([closed, interrupted, sandbox.exited]);
  stopWatching();
  await browser.close();
  await sandbox.stop();
  return 0;
};

await runCommand({
  usage: USAGE,
  run,
  expected: [NoBrowserError, SandboxError],
  mistakeCode: 1,
});
