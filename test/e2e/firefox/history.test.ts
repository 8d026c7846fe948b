import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { filesHolding } from '../profile-scan.ts';
import {
  allowInOptions,
  button,
  chooseCustomer,
  launchWithReason,
  openAsAgent,
  text,
  USER,
} from './agent-in-firefox.ts';
import type { Firefox } from './firefox.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;

/** From now on, keeps the URLs that any tab asks the network for with a token. */
const NOTE_TOKENS = `
  const window = Services.wm.getMostRecentWindow('navigator:browser');
  window.carried = [];
  Services.obs.addObserver((subject) => {
    const url = subject.QueryInterface(Ci.nsIHttpChannel).URI.spec;
    if (url.includes('session_transfer_token=')) window.carried.push(url);
  }, 'http-on-modify-request');
  resolve();`;
const CARRIED = `resolve(Services.wm.getMostRecentWindow('navigator:browser').carried)`;

/** Resolves when so many of the visits in the history carry the token. */
const VISITS_WITH_TOKEN = `
  const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
  const count = async () => {
    const database = await PlacesUtils.promiseDBConnection();
    const [row] = await database.execute(
      'SELECT COUNT(*) FROM moz_historyvisits v JOIN moz_places p ON p.id = v.place_id WHERE instr(p.url, :token)',
      { token: arguments[0] });
    return row.getResultByIndex(0);
  };
  const look = async () => (await count()) === arguments[1] ? resolve() : setTimeout(look, 100);
  look();`;

describe.runIf(canRunWith(FIREFOX))('in Firefox, the spent token', () => {
  let firefox: Firefox;
  let panel: string;
  beforeAll(async () => {
    ({ firefox, panel } = await openAsAgent(endpoints));
    await firefox.runInBrowser(NOTE_TOKENS);
  });
  afterAll(() => firefox?.close());

  const launch = async (): Promise<string> => {
    await chooseCustomer(firefox, customer.name, 'nora lind');
    await launchWithReason(firefox);
    expect(await firefox.textOf(USER)).toContain(customer.name);
    await firefox.switchTo(panel);
    const carried = await firefox.runInBrowser(CARRIED);
    const last = Array.isArray(carried) ? String(carried.at(-1)) : '';
    return new URL(last).searchParams.get('session_transfer_token') ?? 'no token';
  };
  const end = async (): Promise<void> => {
    await firefox.click(button('End session'));
    await firefox.waitFor(text('Session ended'));
    await firefox.click(button('Done'));
  };

  it('in Firefox, the spent token stays in the history until the agent allows it to be removed, and leaves every hop of it then', async () => {
    const first = await launch();
    await firefox.runInBrowser(VISITS_WITH_TOKEN, first, 2);
    await allowInOptions(firefox, panel, 'History');
    await end();
    const second = await launch();
    await firefox.runInBrowser(VISITS_WITH_TOKEN, second, 0);
    await end();
    await firefox.quit();
    expect(filesHolding(first, firefox.profile)).toContain('places.sqlite');
    expect(filesHolding(second, firefox.profile)).toEqual([]);
  });
});
