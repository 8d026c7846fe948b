import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchStatus } from '../../../src/extension/messages/launch/launch-status.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from '../session/session-browser.ts';
import { tabOfCustomer } from '../session/tab-of-customer.ts';
import { endElsewhere, snapshotOf, standingsIn } from '../session/worker-answers.ts';
import { grantsOf, PERMISSIONS } from './permissions.ts';

const endpoints = workerEndpoints();
const { accounts, crm, targetApps } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');
const INITIALS = 'NL';

describe(`with ${PERMISSIONS} permissions`, () => {
  let browser: SessionBrowser;
  let levers: TenantLevers;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    levers = await createTenantLevers(endpoints);
    browser = await openSessionBrowser(endpoints, grantsOf(endpoints));
  });
  afterEach(() => levers.reset());
  afterAll(() => browser.close());

  /** What the listed sessions are, without those that are ended and only searched for still. */
  const ongoing = async () =>
    (await standingsIn(browser.popup)).filter((standing) => standing !== 'ending');
  const land = async (): Promise<Page> => {
    await browser.launch(customer.name, 'Shop');
    await expect.poll(ongoing).toEqual(['acting']);
    return tabOfCustomer(browser.context, customer.name);
  };
  const end = async (): Promise<LaunchStatus> => {
    const { sessions } = await snapshotOf(browser.popup);
    const acting = sessions.find(({ standing }) => standing === 'acting');
    return endElsewhere(browser.popup, acting?.id ?? 'none is acting');
  };

  it(`with ${PERMISSIONS} permissions, what the agent opened as themselves is ended before they act as a customer`, async () => {
    const opened = browser.nextTab();
    await browser.popup.getByRole('button', { name: 'Open as me' }).first().click();
    const own = await opened;
    const agentShown = (await own.getByTestId('user').textContent()) ?? '';
    expect(agentShown).not.toContain(customer.name);
    const tab = await land();
    await own.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await own.getByTestId('user').count()).toBe(0);
    expect(await own.getByText(customer.name).count()).toBe(0);
    await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    await end();
    await tab.close();
    await own.close();
  });

  it(`with ${PERMISSIONS} permissions, a launch that nobody saw land is no active session and on no badge`, async () => {
    await levers.call('PATCH', `/sandbox/apps/${shop?.id}`, { running: false });
    const opened = browser.nextTab();
    await browser.launch(customer.name, 'Shop');
    const tab = await opened;
    await expect
      .poll(async () => (await snapshotOf(browser.popup)).launch?.state)
      .toBe(PERMISSIONS === 'default' ? 'opened' : 'not_landed');
    const { launch, sessions } = await snapshotOf(browser.popup);
    expect(launch).not.toHaveProperty('sessionEndsAt');
    expect(sessions.map(({ standing }) => standing)).not.toContain('acting');
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    await browser.backToSearch();
    const acting = browser.popup.getByRole('list', { name: 'Active sessions' });
    expect(await acting.count()).toBe(0);
    if (PERMISSIONS === 'default') {
      await browser.popup
        .getByRole('list', { name: 'Not verified' })
        .getByRole('button', { name: 'It worked' })
        .click();
      await acting.getByText('checked by you').waitFor();
      await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    }
    await levers.reset();
    await endElsewhere(browser.popup, launch?.id ?? 'none was launched');
    await tab.close();
  });

  it(`with ${PERMISSIONS} permissions, badge and title are those of the session’s own tabs, not of the CRM’s, and outlive a worker`, async () => {
    const tab = await land();
    const desk = await browser.context.newPage();
    await desk.goto(crm);
    await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    await expect.poll(() => browser.badgeOn(desk)).toBe('');
    await expect.poll(() => browser.titleOn(tab)).toContain(customer.name);
    await expect.poll(() => browser.titleOn(desk)).not.toContain(customer.name);
    await browser.killWorker();
    await standingsIn(browser.popup);
    await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    if (PERMISSIONS === 'all') {
      await tab.reload();
      await expect.poll(() => browser.badgeOn(tab)).toBe(INITIALS);
    }
    expect(await end()).toMatchObject({ state: 'ended', cause: 'agent' });
    await expect.poll(() => browser.badgeOn(tab)).toBe('');
    expect(await standingsIn(browser.popup)).not.toContain('acting');
    await desk.close();
    await tab.close();
  });

  it(`with ${PERMISSIONS} permissions, a session that may be left after a restart warns before anybody signs in, and is signed out there`, async () => {
    await (await land()).close();
    const restarted = await browser.restartSignedOut();
    const worker = await restarted.worker();
    await expect.poll(() => worker.evaluate(() => chrome.action.getBadgeText({}))).toBe('!');
    const popup = await restarted.openPopup();
    const { leftovers, sessions } = await snapshotOf(popup);
    expect(sessions).toEqual([]);
    expect(leftovers).toMatchObject([
      { targetAppName: 'Shop', openIn: 'new_tab', openedBySomebodyElse: false },
    ]);
    expect(JSON.stringify(leftovers)).not.toContain(customer.name);
    await popup.getByText('A customer may still be signed in to Shop').waitFor();
    await popup.getByRole('button', { name: 'Sign out of Shop' }).click();
    await expect.poll(async () => (await snapshotOf(popup)).leftovers).toEqual([]);
    await expect.poll(() => worker.evaluate(() => chrome.action.getBadgeText({}))).toBe('');
    const page = await popup.context().newPage();
    await page.goto(shop?.home ?? '');
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await restarted.close();
  });
});
