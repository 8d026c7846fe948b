import { randomUUID } from 'node:crypto';
import type { Page, Worker } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { launchCount } from './agent-at-panel.ts';
import { type Desk, openDesk } from './desk.ts';
import { type HostilePage, serveHostilePage } from './hostile-page.ts';
import { type OtherExtension, writeOtherExtension } from './other-extension.ts';
import { pressShortcut } from './shortcut-keys.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const RECORD_URL = `${endpoints.crm}/customers/${encodeURIComponent(customer.id)}`;

let other: OtherExtension;
let desk: Desk;
let hostile: HostilePage;
let page: Page;
/** The agent's sessions of before, which the backend told of at the sign-in. */
let launchesBefore: number;
beforeAll(async () => {
  other = await writeOtherExtension();
  desk = await openDesk({ endpoints, others: [other.folder] });
  hostile = await serveHostilePage(RECORD_URL, 'Greta Halvorsen');
  page = await desk.context.newPage();
  launchesBefore = await launchCount(desk);
});
afterAll(async () => {
  hostile?.close();
  await desk?.close();
  await other?.remove();
});

const stored = async (): Promise<string> => {
  const worker = await desk.worker();
  return JSON.stringify(
    await worker.evaluate(() =>
      chrome.storage.session.get(['subject', 'draft', 'launches', 'finalLaunches']),
    ),
  );
};

/** Waits until the page has made all its events many times since now, and the worker has answered once more. */
const letThePageTry = async (): Promise<void> => {
  const rounds = () => page.evaluate(() => Number(Reflect.get(globalThis, 'rounds')));
  const before = await rounds();
  await expect.poll(rounds).toBeGreaterThan(before + 20);
  await stored();
};

const otherWorker = async (): Promise<Worker> => {
  const isOther = (worker: Worker) => !worker.url().includes(endpoints.extension.id);
  return (
    desk.context.serviceWorkers().find(isOther) ??
    (await desk.context.waitForEvent('serviceworker', isOther))
  );
};

describe('a hostile page', () => {
  it('a hostile page opens, points at and launches nothing with events that it makes itself', async () => {
    const before = await stored();
    await page.goto(hostile.url);
    await page.bringToFront();
    // A click of the agent's own gives the page what browsers call user activation, and nothing more.
    await page.getByRole('heading', { name: 'Tickets' }).click();
    await letThePageTry();
    expect(page.url()).toBe(hostile.url);
    expect(await desk.panels()).toBe(0);
    expect(await stored()).toBe(before);
    expect(await launchCount(desk)).toBe(launchesBefore);
  });

  it('a hostile page is no record however much it names one', async () => {
    await page.goto(`${hostile.url}?${encodeURIComponent(RECORD_URL)}#${RECORD_URL}`);
    await pressShortcut(desk, page, 'Y');
    const panel = await desk.panel();
    await panel.getByText('This page is not a customer record').waitFor();
    expect(await panel.locator('body').innerText()).not.toContain('Greta');
    await panel.getByRole('button', { name: 'Search instead' }).click();
    await panel.evaluate(() => close()).catch(() => undefined);
  });

  it('a hostile page cannot change whom the panel names by changing itself', async () => {
    await page.goto(RECORD_URL);
    await pressShortcut(desk, page, 'Y');
    const panel = await desk.panel();
    await panel.getByText(customer.id).waitFor();
    await page.evaluate(() => history.replaceState(null, '', '/customers/auth0%7Csomebody-else'));
    await page.evaluate(() => {
      document.title = 'Greta Halvorsen';
    });
    const worker = await desk.worker();
    await expect
      .poll(() => worker.evaluate(() => chrome.tabs.query({ title: 'Greta Halvorsen' })))
      .toHaveLength(1);
    expect(await panel.locator('.panel-head').innerText()).toContain(customer.id);
    expect(await launchCount(desk)).toBe(launchesBefore);
    await panel.evaluate(() => close()).catch(() => undefined);
  });

  it('a hostile page gets nothing by reading or framing the extension’s files', async () => {
    await page.goto(hostile.url);
    const reached = await page.evaluate(async (id) => {
      const files = ['src/extension/popup/index.html', 'manifest.json', 'icons/icon-16.png'];
      const fetched = await Promise.all(
        files.map((file) =>
          fetch(`chrome-extension://${id}/${file}`).then(
            () => true,
            () => false,
          ),
        ),
      );
      return fetched.includes(true);
    }, endpoints.extension.id);
    expect(reached).toBe(false);
  });
});

describe('another extension', () => {
  it('another extension reaches nobody with messages and ports, whatever they say', async () => {
    const answers = await (await otherWorker()).evaluate(
      async ([id, launchId, customerId]) => {
        const request = { id: launchId, customerId, targetAppId: 'shop', openIn: 'new_tab' };
        const messages = [
          { name: 'get_snapshot', request: {} },
          { name: 'search_customers', request: { query: 'nora', limit: 20 } },
          { name: 'launch', request },
          { name: 'take_subject', request: { id: launchId } },
          { name: 'snapshot_changed', request: {} },
        ];
        const sent = messages.map((message) =>
          chrome.runtime.sendMessage(id, message).then(
            (reply: unknown) => JSON.stringify(reply),
            (error: Error) => error.message,
          ),
        );
        const port = new Promise<string>((resolve) => {
          const opened = chrome.runtime.connect(id);
          opened.onDisconnect.addListener(() => resolve(chrome.runtime.lastError?.message ?? ''));
          opened.onMessage.addListener((message: unknown) => resolve(JSON.stringify(message)));
          opened.postMessage(messages[0]);
        });
        return Promise.all([...sent, port]);
      },
      [endpoints.extension.id, randomUUID(), customer.id] as const,
    );
    expect(new Set(answers)).toEqual(
      new Set(['Could not establish connection. Receiving end does not exist.']),
    );
    expect(await launchCount(desk)).toBe(launchesBefore);
  });

  it('another extension cannot put a script into the panel, nor read the extension’s storage', async () => {
    const panel = await desk.context.newPage();
    const url = `chrome-extension://${endpoints.extension.id}/src/extension/popup/index.html`;
    await panel.goto(url);
    const injected = await (await otherWorker()).evaluate(async (title) => {
      const [tab] = await chrome.tabs.query({ title });
      try {
        await chrome.scripting.executeScript({
          target: { tabId: tab?.id ?? -1 },
          func: () => document.body.innerText,
        });
        return 'read';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    }, 'Understudy');
    expect(injected).toMatch(/Cannot access|No tab/);
    await panel.close();
  });
});
