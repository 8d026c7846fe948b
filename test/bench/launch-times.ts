import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { inRepository } from '../../src/commands/repository.ts';
import type { Endpoints } from '../../src/commands/sandbox-process.ts';
import { openSessionBrowser, type SessionBrowser } from '../e2e/session/session-browser.ts';
import { createAgentClient, signIn } from '../integration/launch/agent-client.ts';
import { median } from './median.ts';
import { type MinimalInitiator, startMinimalInitiator } from './minimal-initiator.ts';

/** Single launches vary by half, so that the median of fewer says little. */
const LAUNCHES = 40;
/** Servers run for weeks: by then the engine has compiled what a launch runs. Both sides are asked as often. */
const WARM_UP = 100;

/** The least that a person takes for a reason. What the panel asked the backend for has been answered by then. */
const TYPING_MILLISECONDS = 1_000;

/** Medians in milliseconds. */
export type LaunchTimes = {
  /** From the key press to the tab, the backend's part taken out. */
  readonly extensionOverhead: number;
  /** From the key press to the customer's page being painted. */
  readonly understudy: number;
  /** The same for the least that does it on Auth0's SDK. */
  readonly initiator: number;
};

type Times = { backend: number; opened: number };

/** From now on, the worker notes how long the backend's part of a launch takes, and when the tab is asked for. */
const note = async (browser: SessionBrowser): Promise<void> => {
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
        if (isLaunch) {
          times.backend = now() - from;
        }
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

/** Notes when Enter is pressed in a page, until it is asked. The control key is pressed before it, and starts nothing. */
const noteKey = (page: Page): Promise<void> =>
  page.evaluate(() => {
    addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Enter') {
          Object.assign(globalThis, { pressed: performance.timeOrigin + performance.now() });
        }
      },
      { capture: true },
    );
  });
const pressedAt = (page: Page): Promise<number> =>
  page.evaluate(() => Number(Reflect.get(globalThis, 'pressed')));

/** When the customer's page was painted, in milliseconds since the epoch. */
const paintedAt = async (tab: Page): Promise<number> => {
  await tab.getByTestId('user').waitFor();
  return tab.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const [paint] = performance.getEntriesByName('first-contentful-paint');
          if (paint) {
            resolve(performance.timeOrigin + paint.startTime);
          } else {
            setTimeout(look, 10);
          }
        };
        look();
      }),
  );
};

/** Launches once from the popup and ends it again. */
const launchOnce = async (browser: SessionBrowser, { accounts }: Endpoints) => {
  const { popup } = browser;
  await browser.backToSearch();
  await popup.getByRole('combobox', { name: 'Find a customer' }).fill(accounts.customer.name);
  await popup.getByRole('option', { name: accounts.customer.name }).first().click();
  await popup.getByRole('radio', { name: 'Shop' }).check();
  await popup.getByLabel('Reason').fill('Cannot see the invoice');
  await pause(TYPING_MILLISECONDS);
  await noteKey(popup);
  const opened = browser.nextTab();
  await popup.getByLabel('Reason').press('Control+Enter');
  const tab = await opened;
  const painted = await paintedAt(tab);
  const pressed = await pressedAt(popup);
  const times = await (await browser.worker()).evaluate(
    () => Reflect.get(globalThis, 'times') as Times,
  );
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'End session' }).first().click();
  await popup.getByText('Session ended').waitFor();
  await tab.close();
  return { overhead: times.opened - pressed - times.backend, total: painted - pressed };
};

/** Acts as the customer once from the minimal initiator, and lets the browser forget it. */
const initiateOnce = async ({ context }: SessionBrowser, { url }: MinimalInitiator) => {
  const page = await context.newPage();
  await page.goto(url);
  await pause(TYPING_MILLISECONDS);
  await noteKey(page);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Act' }).press('Enter');
  const tab = await opened;
  const painted = await paintedAt(tab);
  const total = painted - (await pressedAt(page));
  await tab.close();
  await page.close();
  await context.clearCookies({ domain: 'customers.localhost' });
  await context.clearCookies({ domain: 'shop.localhost' });
  return total;
};

/** The agent, as the extension proves who that is. */
const actorIn = async (browser: SessionBrowser) => {
  const { tokens } = await (await browser.worker()).evaluate(() =>
    chrome.storage.session.get<{ tokens: { sub: string; idToken: string } }>('tokens'),
  );
  return { id: tokens.sub, idToken: tokens.idToken };
};

/** Launches as often from the backend as from the initiator, as another agent and without a browser. */
const warmUp = async (endpoints: Endpoints, { url }: MinimalInitiator): Promise<void> => {
  const { accounts, targetApps } = endpoints;
  const agent = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
  const launch = { customerId: accounts.customer.id, targetAppId: targetApps[0]?.id };
  for (let count = 0; count < WARM_UP; count += 1) {
    const launched = await agent.launch(launch);
    const initiated = await fetch(url, { method: 'POST', redirect: 'manual' });
    await initiated.arrayBuffer();
    if (launched.status !== 201 || initiated.status !== 303) {
      throw new Error(
        `Launch: ${launched.status} ${launched.text}. Initiator: ${initiated.status}.`,
      );
    }
    await agent.post(`/v1/launches/${launched.body.id}/end`, {});
  }
};

/**
 * Measures launches with a warm worker and warm servers, in turns with those of a minimal initiator, in the same browser on
 * the same tenant.
 */
export const measureLaunchTimes = async (endpoints: Endpoints): Promise<LaunchTimes> => {
  const shipped = inRepository(endpoints.extension.chrome);
  const browser = await openSessionBrowser(endpoints, {}, shipped);
  const initiator = await startMinimalInitiator(endpoints, await actorIn(browser));
  const measured = {
    overhead: [] as number[],
    understudy: [] as number[],
    initiator: [] as number[],
  };
  try {
    await warmUp(endpoints, initiator);
    await note(browser);
    // The first of each opens connections and fills caches.
    await launchOnce(browser, endpoints);
    await initiateOnce(browser, initiator);
    for (let launch = 0; launch < LAUNCHES; launch += 1) {
      const { overhead, total } = await launchOnce(browser, endpoints);
      measured.overhead.push(overhead);
      measured.understudy.push(total);
      measured.initiator.push(await initiateOnce(browser, initiator));
    }
    return {
      extensionOverhead: median(measured.overhead),
      understudy: median(measured.understudy),
      initiator: median(measured.initiator),
    };
  } finally {
    await browser.close();
    await initiator.close();
  }
};
