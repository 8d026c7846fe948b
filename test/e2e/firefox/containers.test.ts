import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import {
  allowInOptions,
  button,
  CONFIRMED_AND_SEEN,
  chooseCustomer,
  launchWithReason,
  openAsAgent,
  text,
  USER,
} from './agent-in-firefox.ts';
import type { Firefox } from './firefox.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');

const CUSTOMERS = [customer.name, 'Sofia', 'Amara'];

/** Name and colour of every container that is not Firefox's own. */
const CONTAINERS = `
  const { ContextualIdentityService } = ChromeUtils.importESModule(
    'resource://gre/modules/ContextualIdentityService.sys.mjs');
  resolve(ContextualIdentityService.getPublicIdentities()
    .filter(({ l10nId }) => !l10nId).map(({ name, color }) => ({ name, color })));`;

const BANNER_SHOWS = `
  const look = () =>
    document.querySelector('understudy-banner') ? resolve(true) : setTimeout(look, 50);
  look();`;

const HAS_NO_BANNER = `resolve(document.querySelector('understudy-banner') === null);`;

type Container = { readonly name: string; readonly color: string };

describe.runIf(canRunWith(FIREFOX))('in Firefox, three customers at once', () => {
  let firefox: Firefox;
  let panel: string;
  const tabs: string[] = [];
  const names: string[] = [];
  const containers = async () => (await firefox.runInBrowser(CONTAINERS)) as readonly Container[];

  beforeAll(async () => {
    await endAllSessions(endpoints);
    ({ firefox, panel } = await openAsAgent(endpoints));
    await allowInOptions(firefox, panel, 'Pages of your apps');
  });
  afterAll(() => firefox?.close());

  it.each(CUSTOMERS)(
    'in Firefox, three customers at once are launched into containers of their own: %s',
    async (name) => {
      await firefox.switchTo(panel);
      await chooseCustomer(firefox, name);
      await firefox.click('//label[normalize-space()="Container"]');
      tabs.push(await launchWithReason(firefox));
      names.push(await firefox.textOf(USER));
      await firefox.switchTo(panel);
      await firefox.waitFor(CONFIRMED_AND_SEEN);
      await firefox.click(button('Find another customer'));
    },
  );

  it('in Firefox, three customers at once stay who they are, side by side', async () => {
    expect(new Set(names).size).toBe(3);
    for (const [index, tab] of tabs.entries()) {
      await firefox.switchTo(tab);
      await firefox.open(shop?.home ?? '');
      expect(await firefox.textOf(USER)).toBe(names[index]);
    }
  });

  it('in Firefox, three customers at once have containers that are named after them and each have a colour of their own', async () => {
    const known = await containers();
    expect(known).toHaveLength(3);
    for (const { name } of known) {
      expect(names.join()).toContain(name);
    }
    expect(new Set(known.map(({ color }) => color)).size).toBe(3);
  });

  it('in Firefox, three customers at once have the banner, and another store’s tab of the app has none', async () => {
    for (const tab of tabs) {
      await firefox.switchTo(tab);
      expect(await firefox.runInPage(BANNER_SHOWS)).toBe(true);
    }
    const other = await firefox.openTab();
    await firefox.open(shop?.home ?? '');
    await firefox.waitFor('//a[normalize-space()="Sign in"]');
    // The worker answers in turn: a banner that asked later is there, so this tab has its answer.
    await firefox.switchTo(tabs[0] ?? '');
    await firefox.open(shop?.home ?? '');
    expect(await firefox.runInPage(BANNER_SHOWS)).toBe(true);
    await firefox.switchTo(other);
    expect(await firefox.runInPage(HAS_NO_BANNER)).toBe(true);
  });

  it('in Firefox, three customers at once are three active sessions, and ending one leaves the others alone', async () => {
    await firefox.switchTo(panel);
    await firefox.click(
      `//li[contains(., ${JSON.stringify(customer.name)})]${button('End session')}`,
    );
    await firefox.waitFor(text('Session ended'));
    expect((await firefox.windows()).includes(tabs[0] ?? '')).toBe(false);
    expect((await containers()).map(({ name }) => name)).not.toContain(customer.name);
    await firefox.switchTo(tabs[1] ?? '');
    await firefox.open(shop?.home ?? '');
    expect(await firefox.textOf(USER)).toBe(names[1]);
  });

  it('in Firefox, three customers at once are all ended by signing out, and no container stays', async () => {
    await firefox.switchTo(panel);
    await firefox.click('//button[@aria-label="Sign out"]');
    await firefox.waitFor(button('Sign in'));
    expect(await containers()).toEqual([]);
  });
});
