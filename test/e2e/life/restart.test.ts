import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { endAllSessions } from './clean-slate.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { type LifeBrowser, openLifeBrowser } from './life-browser.ts';

const endpoints = workerEndpoints();
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

let browser: LifeBrowser | undefined;
beforeAll(() => endAllSessions(endpoints));
afterAll(() => browser?.close());

it('a session is shown again after the browser was restarted, and can be ended', async () => {
  const readLedger = await createLedgerReader(endpoints);
  const first = await openLifeBrowser(endpoints, {
    origins: [shop?.home ?? '', tenant.customers],
    permissions: ['cookies'],
  });
  const opened = first.nextTab();
  await first.launch(customer.name, 'Shop');
  await (await opened).getByTestId('user').waitFor();
  await first.popup.bringToFront();
  await first.popup.getByText('Auth0 confirmed who is signed in').waitFor();
  const second = await first.restart();
  browser = second;
  const sessions = second.popup.getByRole('list', { name: 'Active sessions' });
  await sessions.getByText(customer.name).waitFor();
  await sessions.getByText('confirmed').waitFor();
  const badge = (await second.worker()).evaluate(() => chrome.action.getBadgeText({}));
  expect(Number(await badge)).toBeGreaterThan(110);
  await sessions.getByRole('button', { name: 'End session' }).click();
  await second.popup.getByText('Verified by Auth0.').waitFor();
  await second.popup.getByText('No session is left on the login domain').waitFor();
  expect((await readLedger()).at(-1)).toMatchObject({ type: 'launch_ended', cause: 'agent' });
});
