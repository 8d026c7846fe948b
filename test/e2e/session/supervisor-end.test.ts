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
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const ORIGINS = [...targetApps.map(({ home }) => home), tenant.customers];
const ENDED = 'A supervisor ended this session';

let supervisor: AgentClient;
let browser: SessionBrowser;
beforeAll(async () => {
  await endAllSessions(endpoints);
  supervisor = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
  browser = await openSessionBrowser(endpoints, { origins: ORIGINS });
});
afterAll(() => browser.close());

const land = async (app: string): Promise<Page> => {
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const tab = await opened;
  await tab.getByTestId('user').waitFor();
  await browser.popup.getByText(/confirm(ed)? who is signed in|Confirmed by/).waitFor();
  return tab;
};

/** Ends the agent's session over the backend, as a supervisor's own tool does. */
const endBySupervisor = async (): Promise<void> => {
  const { body } = await supervisor.get('/v1/launches?state=active');
  const answer = await supervisor.post(`/v1/launches/${body.launches[0].id}/end`, {});
  expect(answer.body.launch).toMatchObject({ state: 'ended', cause: 'supervisor' });
};

describe('when a supervisor ends the session', () => {
  it('when a supervisor ends the session, the banner that the agent sees is gone within 15 seconds, and so is the customer', async () => {
    const tab = await land('Desk');
    await tab.bringToFront();
    await expect.poll(() => tab.locator('understudy-banner').count()).toBe(1);
    await endBySupervisor();
    await expect.poll(() => tab.getByText(customer.name).count()).toBe(0);
    await browser.popup.getByText(ENDED).waitFor();
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    await tab.close();
  });

  it('when a supervisor ends the session, the next minute ends it where there is no banner, in badge, popup and tab', async () => {
    const worker = await browser.worker();
    await worker.evaluate(
      (origins) => chrome.permissions.remove({ origins }),
      ORIGINS.map((origin) => `http://${new URL(origin).hostname}/*`),
    );
    const tab = await land('Desk');
    await expect.poll(() => browser.badgeOn(tab)).toBe('NL');
    await endBySupervisor();
    await worker.evaluate(() =>
      (chrome.alarms.onAlarm as unknown as { dispatch: (alarm: object) => void }).dispatch({
        name: 'minute',
      }),
    );
    await browser.popup.getByText(ENDED).waitFor();
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    await expect.poll(() => tab.getByText(customer.name).count()).toBe(0);
    await tab.close();
  });
});
