import '../../../src/sandbox/resolve-localhost.mjs';
import type { Page, Route } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentBrowser, openSignedIn } from '../agent-browser.ts';
import { backToSearch } from '../back-to-search.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;

let browser: AgentBrowser;
let popup: Page;
beforeAll(async () => {
  ({ browser, popup } = await openSignedIn(endpoints, accounts.agent));
});
afterAll(() => browser.close());
afterEach(async () => {
  await browser.context.unrouteAll({ behavior: 'ignoreErrors' });
  await backToSearch(popup);
});

const LAUNCHES = `${endpoints.backend}/v1/launches`;

const fillPanel = async (): Promise<void> => {
  await popup.getByRole('combobox', { name: 'Find a customer' }).fill('nora lind');
  await popup.getByRole('option', { name: accounts.customer.name }).click();
  await popup.getByRole('radio', { name: 'Shop' }).check();
  await popup.getByLabel('Reason').fill('Cannot see the invoice');
};

const act = () => popup.getByRole('button', { name: 'Act as customer' });

const problem = (status: number, code: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    headers: { 'access-control-allow-origin': `chrome-extension://${endpoints.extension.id}` },
    body: JSON.stringify({
      type: `urn:understudy:problem:${code}`,
      status,
      code,
      title: 'A title',
      detail: 'What exactly was wrong.',
      action: 'What to do about it.',
      requestId: 'request-id-1',
    }),
  });

const issuing = (changes: object) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: { ...(await response.json()), ...changes } });
};

describe('a launch opens no tab and says why', () => {
  it.each<[string, (route: Route) => Promise<void>, RegExp]>([
    ['the backend is down', (route) => route.abort('connectionrefused'), /backend/i],
    [
      'it answers HTML',
      (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway' }),
      /backend/i,
    ],
    [
      'it refuses',
      problem(502, 'exchange_refused'),
      /Auth0 refused this launch.*Retry once.*request-id-1.*What exactly was wrong/s,
    ],
    [
      'the ledger cannot be written',
      problem(503, 'ledger_unavailable'),
      /The record cannot be written.*Tell your platform team.*request-id-1/s,
    ],
    [
      'the tenant is down',
      problem(503, 'tenant_unavailable'),
      /Auth0 does not answer.*Retry in a minute.*request-id-1/s,
    ],
    ['the answer lacks the token', issuing({ sessionTransferToken: undefined }), /backend/i],
    [
      'the login URL is of a foreign origin',
      issuing({ loginUrl: 'https://evil.example/login' }),
      /login/i,
    ],
    ['the login URL is a script', issuing({ loginUrl: 'javascript:alert(1)' }), /login|backend/i],
  ])('a launch opens no tab and says why when %s', async (_name, answer, text) => {
    await browser.context.route(LAUNCHES, answer);
    const tabs = browser.context.pages().length;
    await fillPanel();
    await act().click();
    const card = popup.getByRole('alert').first();
    await card.waitFor();
    expect(await popup.locator('body').textContent()).toMatch(text);
    expect(browser.context.pages()).toHaveLength(tabs);
  });
});

it('a double click is one launch', async () => {
  let requests = 0;
  await browser.context.route(LAUNCHES, async (route) => {
    requests += 1;
    await problem(502, 'exchange_refused')(route);
  });
  await fillPanel();
  await act().dblclick();
  await popup.getByRole('alert').first().waitFor();
  expect(requests).toBe(1);
});

it('a worker that dies while the backend is asked asks once, and says that it was interrupted', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let requests = 0;
  await browser.context.route(LAUNCHES, () => {
    requests += 1;
    resolve();
  });
  await fillPanel();
  await act().click();
  await asked;
  const session = await browser.context.newCDPSession(popup);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  const again = await browser.openView('popup');
  await again
    .getByText(/interrupted/i)
    .first()
    .waitFor();
  expect(requests).toBe(1);
  await again.close();
});
