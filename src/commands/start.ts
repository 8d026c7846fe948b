import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import type { Grants } from './browser-grants.ts';
import { buildIfOutdated } from './build-artifacts.ts';
import { ensureChromium, NoBrowserError } from './chromium.ts';
import { openExtensionBrowser } from './extension-browser.ts';
import { inRepository } from './repository.ts';
import {
  type RunningSandbox,
  SandboxError,
  sandboxFolder,
  startSandbox,
} from './sandbox-process.ts';
import { runTour } from './tour.ts';

const USAGE = `Usage:
  npm start -- [--headless] [--one-domain]

Builds what is outdated, starts the sandbox and opens Chromium with the extension.

  --headless     takes the guided tour without a display, as it does where there is none; exits 0 or 1
  --one-domain   a tenant with one domain for agents and customers
`;

const OPTIONS = { 'one-domain': { type: 'boolean' }, headless: { type: 'boolean' } } as const;

const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const hasDisplay = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** On a tenant with one domain customers open in private windows, which the extension may see here. */
const GRANTS: Grants = { privateWindows: true };

/** Runs the guided tour without a display and reports it. */
const tourHeadless = async (sandbox: RunningSandbox, executablePath: string): Promise<void> => {
  const extension = inRepository(sandbox.endpoints.extension.chrome);
  const browser = await openExtensionBrowser({
    executablePath,
    extension,
    extensionId: sandbox.endpoints.extension.id,
    headless: true,
    grants: GRANTS,
  });
  try {
    const { steps, customer, act } = await runTour(browser, sandbox.endpoints);
    say(`\n${sandbox.endpoints.accounts.agent.email} acted as ${customer}.`);
    say(`The target app got this act claim:\n${JSON.stringify(act, null, 2)}\n`);
    for (const { name, milliseconds } of steps) {
      say(`  ${name.padEnd(36)} ${String(milliseconds).padStart(6)} ms`);
    }
    say('\nScreenshots are in artifacts/.');
  } finally {
    await browser.close();
  }
};

/** Opens a browser for a person to try it out, until they close it. */
const openForPerson = async (sandbox: RunningSandbox, executablePath: string): Promise<void> => {
  const { endpoints } = sandbox;
  const extension = inRepository(endpoints.extension.chrome);
  const browser = await openExtensionBrowser({
    executablePath,
    extension,
    extensionId: sandbox.endpoints.extension.id,
    headless: false,
    grants: GRANTS,
  });
  const { agent, customer } = endpoints.accounts;
  const [page] = browser.context.pages();
  await page?.goto(`chrome-extension://${endpoints.extension.id}/src/extension/options/index.html`);
  say('\nTry it:');
  say(`  1. In the options page, save the backend address  ${endpoints.backend}`);
  say(`  2. Press Alt+Shift+U and sign in as               ${agent.email}  ${agent.password}`);
  say(`  3. Find the customer                              ${customer.name}`);
  say('\nClose the browser or press Ctrl+C to stop.');
  const closed = new Promise<void>((resolve) => browser.context.once('close', () => resolve()));
  const interrupted = new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
  await Promise.race([closed, interrupted, sandbox.exited]);
  await browser.close();
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, OPTIONS, 0);
  const executablePath = ensureChromium();
  await buildIfOutdated();
  say('Starting the sandbox…');
  const sandbox = await startSandbox(sandboxFolder(), values['one-domain'] ? ['--one-domain'] : []);
  try {
    const open = values.headless || !hasDisplay() ? tourHeadless : openForPerson;
    await open(sandbox, executablePath);
    return 0;
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    return 1;
  } finally {
    await sandbox.stop();
  }
};

await runCommand({
  usage: USAGE,
  run,
  expected: [NoBrowserError, SandboxError],
  mistakeCode: 1,
});
