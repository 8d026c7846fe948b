import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AgentClient,
  createAgentClient,
  signIn,
} from '../../integration/launch/agent-client.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { bannerText, hasBanner, pressInBanner } from '../session/banner-in-tab.ts';
import { openSessionBrowser, type SessionBrowser } from '../session/session-browser.ts';
import { grantsOf, PERMISSIONS } from './permissions.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

/** How long after this browser knows of an end everything has to say so, in milliseconds. */
const SHOWN_WITHIN = 300;
/** How long an end that somebody else decided may stay unknown where a banner is seen, in milliseconds. */
const LEARNED_WITHIN = 15_000;
const VERDICT = 'Session ended. Signed out:';

/** When something became so, in milliseconds; the test fails where it never does. */
const timeWhen = async (isSo: () => Promise<boolean>): Promise<number> => {
  await expect.poll(isSo, { interval: 10 }).toBe(true);
  return Date.now();
};

describe(`with ${PERMISSIONS} permissions`, () => {
  let browser: SessionBrowser;
  let supervisor: AgentClient;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    supervisor = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
    browser = await openSessionBrowser(endpoints, grantsOf(endpoints));
  });
  afterAll(() => browser.close());

  /** Gives a page a window of its own: one that is behind another is told of things late by the browser. */
  const moveToOwnWindow = (page: Page): Promise<void> =>
    page.bringToFront().then(async () => {
      const worker = await browser.worker();
      await worker.evaluate(async () => {
        const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        if (front?.id !== undefined) {
          await chrome.windows.create({ tabId: front.id });
        }
      });
    });

  /** Acts as the customer; gives the launch's own tab and another one of the same session. */
  const act = async (): Promise<{ own: Page; other: Page }> => {
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    const own = await opened;
    await own.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await expect.poll(() => browser.badgeOn(own)).toBe('NL');
    const other = await browser.context.newPage();
    await other.goto(shop?.home ?? '');
    await other.getByTestId('user').waitFor();
    await moveToOwnWindow(other);
    await browser.popup.bringToFront();
    return { own, other };
  };

  /**
   * Watches where it shows that a session is over; gives how long after this browser knew of it each showed
   * it, in milliseconds. Call it before the end.
   */
  const watchEnd = async ({ own, other }: { own: Page; other: Page }) => {
    const { popup } = browser;
    await own.bringToFront();
    const tabId = await (await browser.worker()).evaluate(async () => {
      const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return front?.id ?? 0;
    });
    await popup.bringToFront();
    const known = popup.evaluate(
      () =>
        new Promise<number>((resolve) => {
          chrome.storage.session.onChanged.addListener(({ finalLaunches }) => {
            const [newest] = (finalLaunches?.newValue ?? []) as { state: string }[];
            if (newest?.state === 'ended') {
              resolve(Date.now());
            }
          });
        }),
    );
    const shown = [
      timeWhen(
        async () =>
          (await popup.evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId)) === '',
      ),
      timeWhen(async () => (await popup.getByText(/Session ended|ended this session/).count()) > 0),
      ...(PERMISSIONS === 'all'
        ? [timeWhen(async () => (await bannerText(other)).includes(VERDICT))]
        : []),
    ];
    return async (): Promise<readonly number[]> => {
      const at = await known;
      return (await Promise.all(shown)).map((time) => time - at);
    };
  };

  const close = async (...tabs: readonly Page[]): Promise<void> => {
    for (const tab of tabs) {
      await tab.close();
    }
  };

  // A machine that is busy with something else can take a moment to look; it gets three tries.
  it.each([
    ['alive', async () => undefined],
    ['dead', () => browser.killWorker()],
  ])(
    `with ${PERMISSIONS} permissions, an end shows everywhere at once when the agent presses it with the worker %s`,
    { retry: 2 },
    async (_worker, prepare) => {
      const { own, other } = await act();
      const lateness = await watchEnd({ own, other });
      await prepare();
      await browser.popup.getByRole('button', { name: 'End session' }).first().click();
      for (const late of await lateness()) {
        expect(late).toBeLessThan(SHOWN_WITHIN);
      }
      await close(own, other);
    },
  );

  it.runIf(PERMISSIONS === 'all')(
    'with all permissions, the verdict shows in the banner where the agent pressed End, in every tab',
    async () => {
      const { own, other } = await act();
      await own.bringToFront();
      await pressInBanner(own, 'End session');
      await expect.poll(() => bannerText(own)).toContain(VERDICT);
      await expect.poll(() => bannerText(other)).toContain(VERDICT);
      await close(own, other);
    },
  );

  it.runIf(PERMISSIONS === 'default')(
    'with default permissions, an end that a supervisor decided is known a minute later, and shows everywhere at once',
    { retry: 2 },
    async () => {
      const { own, other } = await act();
      const lateness = await watchEnd({ own, other });
      await endBySupervisor();
      const worker = await browser.worker();
      const next = await worker.evaluate(() => chrome.alarms.get('minute'));
      expect(next?.periodInMinutes).toBe(1);
      expect(next?.scheduledTime).toBeLessThanOrEqual(Date.now() + 60_000);
      await worker.evaluate(() =>
        (chrome.alarms.onAlarm as unknown as { dispatch: (alarm: object) => void }).dispatch({
          name: 'minute',
        }),
      );
      for (const late of await lateness()) {
        expect(late).toBeLessThan(SHOWN_WITHIN);
      }
      await expectSupervisorsEnd(own);
      await close(own, other);
    },
  );

  it.runIf(PERMISSIONS === 'all')(
    'with all permissions, an end that a supervisor decided is known within 15 seconds where a banner is, and shows everywhere at once',
    { retry: 2 },
    async () => {
      const { own, other } = await act();
      expect(await hasBanner(other)).toBe(true);
      const lateness = await watchEnd({ own, other });
      const decided = Date.now();
      await endBySupervisor();
      for (const late of await lateness()) {
        expect(late).toBeLessThan(SHOWN_WITHIN);
      }
      expect(Date.now() - decided).toBeLessThan(LEARNED_WITHIN);
      await expectSupervisorsEnd(own);
      await close(own, other);
    },
  );

  /** The popup says who it was, and the tab does not go on showing the customer. */
  const expectSupervisorsEnd = async (own: Page): Promise<void> => {
    await browser.popup.getByText('A supervisor ended this session').waitFor();
    await expect.poll(() => own.getByText(customer.name).count()).toBe(0);
  };

  /** Ends the agent's session over the backend, as a supervisor's own tool does. */
  const endBySupervisor = async (): Promise<void> => {
    const { body } = await supervisor.get('/v1/launches?state=active');
    const acting = body.launches.find(({ state }: { state: string }) => state !== 'ended');
    const answer = await supervisor.post(`/v1/launches/${acting.id}/end`, {});
    expect(answer.body.launch).toMatchObject({ state: 'ended', cause: 'supervisor' });
  };
});
