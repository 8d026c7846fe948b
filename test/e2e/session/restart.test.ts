import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LaunchStatus } from '../../../src/extension/messages/launch/launch-status.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createLedgerReader } from './ledger-rows.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';
import { askWorker, snapshotOf } from './worker-answers.ts';

const endpoints = workerEndpoints();
const { targetApps, tenant, accounts } = endpoints;
const { customer } = accounts;
const shop = targetApps.find(({ kind }) => kind === 'express');

let browser: SessionBrowser | undefined;
beforeAll(() => endAllSessions(endpoints));
afterAll(() => browser?.close());

it('after a browser restart and a sign-in, a session may still be open until it is signed out', async () => {
  const readLedger = await createLedgerReader(endpoints);
  const first = await openSessionBrowser(endpoints, {
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
  await expect
    .poll(async () => (await snapshotOf(second.popup)).leftovers)
    .toMatchObject([{ customerName: customer.name, openedBySomebodyElse: false }]);
  const { leftovers, sessions } = await snapshotOf(second.popup);
  expect(sessions).toEqual([]);
  const { verdict } = await askWorker<{ verdict: LaunchStatus['verdict'] }>(
    second.popup,
    'sign_out_leftover',
    { launchId: leftovers[0]?.launchId },
  );
  expect(verdict).toMatchObject({ browser: 'signed_out', result: 'signed_out' });
  expect((await snapshotOf(second.popup)).leftovers).toEqual([]);
  expect((await readLedger()).findLast(({ type }) => type === 'launch_ended')).toMatchObject({
    type: 'launch_ended',
    cause: 'agent',
  });
});
