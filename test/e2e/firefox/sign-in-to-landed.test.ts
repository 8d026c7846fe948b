import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import {
  allowInOptions,
  button,
  chooseCustomer,
  LISTED_AS_CONFIRMED,
  launchWithReason,
  openBuiltExtension,
  pointAtBackend,
  signInAsAgent,
  text,
  USER,
} from './agent-in-firefox.ts';
import type { Firefox } from './firefox.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');

/** Takes an item of the open context menu, as the browser does when it is clicked; false when there is none. */
const TAKE_MENU_ITEM = `
  const { document } = Services.wm.getMostRecentWindow('navigator:browser');
  const menu = document.getElementById('contentAreaContextMenu');
  const take = () => {
    const item = [...menu.querySelectorAll('menuitem')].find(({ label }) => label === arguments[0]);
    if (item) menu.activateItem(item);
    else menu.hidePopup();
    resolve(item !== undefined);
  };
  if (menu.state === 'open') take();
  else menu.addEventListener('popupshown', take, { once: true });`;

const POPUP_OPENED = `
  const { document } = Services.wm.getMostRecentWindow('navigator:browser');
  const isOpen = (browser) =>
    browser.closest('panel')?.state === 'open' &&
    browser.currentURI.spec.endsWith('/popup/index.html');
  const look = () =>
    [...document.querySelectorAll('browser')].some(isOpen) ? resolve(true) : setTimeout(look, 50);
  look();`;

/** Waits for the banner, styled as it is whatever the page's policy says: above the window's lower edge. */
const BANNER_STANDS = `
  const look = () =>
    document.elementFromPoint(innerWidth / 2, innerHeight - 30)?.localName === 'understudy-banner'
      ? resolve(true)
      : setTimeout(look, 50);
  look();`;

const DRAFT_NAMES = `
  const { storage } = window.chrome;
  const look = () =>
    storage.session.get('draft').then(({ draft }) =>
      draft && draft.customerId === arguments[0] ? resolve(true) : setTimeout(look, 50));
  look();`;

describe.runIf(canRunWith(FIREFOX))('in Firefox, an agent', () => {
  let firefox: Firefox;
  let panel: string;
  beforeAll(async () => {
    firefox = await openBuiltExtension();
  });
  afterAll(() => firefox?.close());

  it('in Firefox, an agent points the extension at the backend, and allows it the backend at that click', async () => {
    await pointAtBackend(firefox, endpoints);
  });

  it('in Firefox, an agent signs in', async () => {
    panel = await signInAsAgent(firefox, endpoints);
  });

  it('in Firefox, an agent searches, launches and lands as the customer', async () => {
    await chooseCustomer(firefox, customer.name, 'nora lind');
    await launchWithReason(firefox);
    expect(await firefox.textOf(USER)).toContain(customer.name);
  });

  it('in Firefox, an agent sees the banner over the app once access to its pages is given', async () => {
    const app = (await firefox.windows()).find((window) => window !== panel) ?? '';
    await allowInOptions(firefox, panel, 'Pages of your apps');
    await firefox.switchTo(app);
    expect(await firefox.runInPage(BANNER_STANDS)).toBe(true);
  });

  it('in Firefox, an agent ends the session, and the app shows it', async () => {
    const [tab = ''] = (await firefox.windows()).filter((window) => window !== panel);
    await firefox.switchTo(panel);
    await firefox.waitFor(LISTED_AS_CONFIRMED);
    await firefox.click(button('End session'));
    await firefox.waitFor(text('Session ended'));
    await firefox.waitFor(text('Verified by Auth0.'));
    await firefox.switchTo(tab);
    await firefox.open(shop?.home ?? '');
    await firefox.waitFor('//a[normalize-space()="Sign in"]');
  });

  it('in Firefox, an agent opens the panel from a record’s context menu, with its customer', async () => {
    await firefox.switchTo(panel);
    await firefox.open(`${firefox.extensionUrl}src/extension/options/index.html`);
    await firefox.openTab();
    await firefox.open(`${endpoints.crm}/customers/${encodeURIComponent(customer.id)}`);
    await firefox.rightClick('//h2[text()="Notes"]');
    expect(await firefox.runInBrowser(TAKE_MENU_ITEM, 'Act as this customer…')).toBe(true);
    await firefox.runInBrowser(POPUP_OPENED);
    // The popup belongs to the browser's own window; what it took over is read from the storage.
    await firefox.switchTo(panel);
    await firefox.runInPage(DRAFT_NAMES, customer.id);
  });
});
