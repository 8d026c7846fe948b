import '../../src/sandbox/resolve-localhost.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfOutdated } from '../../src/commands/build-artifacts.ts';
import { ensureChromium } from '../../src/commands/chromium.ts';
import { type Endpoints, startSandbox } from '../../src/commands/sandbox-process.ts';
import { type LifeBrowser, openLifeBrowser } from '../e2e/life/life-browser.ts';
import { median } from './median.ts';

const LAUNCHES = 15;

type Times = { backend: number; opened: number };

/** From now on, the worker notes how long the backend's part of a launch takes, and when the tab is asked for. */
const note = async (browser: LifeBrowser): Promise<void> => {
  await (await browser.worker()).evaluate(() => {
    const times: Times = { backend: 0, opened: 0 };
    Object.assign(globalThis, { times });
    const now = (): number => performance.timeOrigin + performance.now();
    const { fetch } = globalThis;
    Object.assign(globalThis, {
      fetch: async (input: string, init?: RequestInit) => {
        const isLaunch = init?.method === 'POST' && String(input).endsWith('/v1/launches');
        const from = now();
        const answer = await fetch(input, init);
        if (isLaunch) times.backend = now() - from;
        return answer;
      },
    });
    const create = chrome.tabs.create.bind(chrome.tabs);
    Object.assign(chrome.tabs, {
      create: (properties: chrome.tabs.CreateProperties) => {
        times.opened = now();
        return create(properties);
      },
    });
  });
};

/** Launches once and ends it again; gives the milliseconds from Enter to the tab, the backend's part taken out. */
const launchOnce = async (browser: LifeBrowser, { accounts }: Endpoints): Promise<number> => {
  const { popup } = browser;
  await browser.backToSearch();
  await popup.getByRole('combobox', { name: 'Find a customer' }).fill(accounts.customer.name);
  await popup.getByRole('option', { name: accounts.customer.name }).first().click();
  await popup.getByRole('radio', { name: 'Shop' }).check();
  await popup.getByLabel('Reason').fill('Cannot see the invoice');
  await popup.evaluate(() => {
    addEventListener(
      'keydown',
      () => Object.assign(globalThis, { pressed: performance.timeOrigin + performance.now() }),
      { capture: true, once: true },
    );
  });
  const opened = browser.nextTab();
  await popup.getByLabel('Reason').press('Control+Enter');
  const tab = await opened;
  await tab.getByTestId('user').waitFor();
  const pressed = await popup.evaluate(() => Number(Reflect.get(globalThis, 'pressed')));
  const times = await (await browser.worker()).evaluate(
    () => Reflect.get(globalThis, 'times') as Times,
  );
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'End session' }).click();
  await popup.getByText('Session ended').waitFor();
  await tab.close();
  return times.opened - pressed - times.backend;
};

/** Measures the extension's own part of a launch, with a warm worker, in a real browser against the sandbox. */
export const measureExtensionOverhead = async (): Promise<number> => {
  process.env['CHROMIUM_PATH'] ??= ensureChromium();
  await buildIfOutdated();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  const sandbox = await startSandbox(folder);
  try {
    const browser = await openLifeBrowser(sandbox.endpoints);
    await note(browser);
    const measured: number[] = [];
    for (let launch = 0; launch < LAUNCHES; launch += 1)
      measured.push(await launchOnce(browser, sandbox.endpoints));
    await browser.close();
    return median(measured);
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
