import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, beforeAll, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';

const endpoints = workerEndpoints();
beforeAll(() => endAllSessions(endpoints));
const { customer } = endpoints.accounts;

let browser: SessionBrowser;
beforeAll(async () => {
  browser = await openSessionBrowser(endpoints);
});
afterAll(() => browser.close());

it('without access to the app’s pages, a launch is confirmed by the tenant’s log', async () => {
  const opened = browser.nextTab();
  await browser.launch(customer.name, 'Shop');
  await (await opened).getByTestId('user').waitFor();
  await browser.popup.getByText('Confirmed by Auth0.').waitFor();
  await browser.popup.bringToFront();
  await browser.popup.getByRole('button', { name: 'End session' }).first().click();
  await browser.popup.getByText('Session ended').waitFor();
});
