import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureManagement, plantToken } from './fixture-management.ts';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';
import { httpBrowser } from './http-browser.ts';

let sandbox: FixtureSandbox;
let management: Awaited<ReturnType<typeof fixtureManagement>>;

beforeAll(async () => {
  sandbox = await startFixtureSandbox();
  management = await fixtureManagement(sandbox);
});

afterAll(() => sandbox.close());

type Browser = ReturnType<typeof httpBrowser>;

const atShop = async (browser: Browser): Promise<'signed in' | 'signed out'> =>
  (await browser.visit(sandbox.origins.shop)).body.includes('nora.lindqvist@mail.example')
    ? 'signed in'
    : 'signed out';

/** A browser in which the agent is the customer, and the session's id as the log has it. */
const delegated = async (): Promise<{ browser: Browser; sessionId: string }> => {
  const browser = httpBrowser();
  const token = plantToken(sandbox);
  await browser.visit(`${sandbox.origins.shop}/login?session_transfer_token=${token}`);
  expect(await atShop(browser)).toBe('signed in');
  const found = await management('GET', '/logs?q=type:sdel&sort=date:-1&per_page=1');
  const [entry] = found.body as unknown as { details: { session_id: string } }[];
  return { browser, sessionId: entry?.details.session_id ?? '' };
};

/** A browser in which the customer signed in themselves. */
const customer = async (): Promise<Browser> => {
  const { demoCustomer, seed } = sandbox.seeded;
  const browser = httpBrowser();
  const page = await browser.visit(`${sandbox.origins.shop}/login`);
  await browser.signIn(page, demoCustomer.email, seed.passwords[demoCustomer.user_id] ?? '');
  expect(await atShop(browser)).toBe('signed in');
  return browser;
};

test('a session that the Management API deletes is gone from the Shop, and no other', async () => {
  const { browser, sessionId } = await delegated();
  const theCustomer = await customer();
  expect((await management('DELETE', `/sessions/${sessionId}`)).status).toBe(202);
  await expect.poll(() => atShop(browser)).toBe('signed out');
  expect(await atShop(theCustomer)).toBe('signed in');
  expect((await management('GET', `/sessions/${sessionId}`)).status).toBe(404);
});

test('the tenant’s log says that the Shop was told of a logout', async () => {
  const { browser, sessionId } = await delegated();
  await management('DELETE', `/sessions/${sessionId}`);
  await expect.poll(() => atShop(browser)).toBe('signed out');
  const told = await management('GET', '/logs?q=type:oidc_backchannel_logout_succeeded&per_page=1');
  expect(told.body).toMatchObject([
    { client_id: sandbox.clients.shop.client_id, details: { session_id: sessionId } },
  ]);
});

test('signing out of the tenant signs out of the Shop', async () => {
  const { browser } = await delegated();
  const { shop } = sandbox.clients;
  await browser.visit(`${sandbox.origins.customers}/v2/logout?client_id=${shop.client_id}`);
  await expect.poll(() => atShop(browser)).toBe('signed out');
});

test('signing out of the Shop signs out of the tenant without a question', async () => {
  const { browser, sessionId } = await delegated();
  const out = await browser.visit(`${sandbox.origins.shop}/logout`);
  expect(out.url.origin).toBe(sandbox.origins.shop);
  expect((await management('GET', `/sessions/${sessionId}`)).status).toBe(404);
});

test('a logout token that is none changes nothing', async () => {
  const { browser } = await delegated();
  const url = new URL('/backchannel-logout', sandbox.origins.shop);
  expect((await httpBrowser().post(url, { logout_token: 'made.up.token' })).status).toBe(400);
  expect((await httpBrowser().post(url, {})).status).toBe(400);
  expect(await atShop(browser)).toBe('signed in');
});

test('an app without back-channel logout stays signed in', async () => {
  const { shop } = sandbox.clients;
  await management('PATCH', `/clients/${shop.client_id}`, {
    oidc_logout: { backchannel_logout_urls: [] },
  });
  const { browser, sessionId } = await delegated();
  await management('DELETE', `/sessions/${sessionId}`);
  await expect
    .poll(async () => (await management('GET', `/sessions/${sessionId}`)).status)
    .toBe(404);
  expect(await atShop(browser)).toBe('signed in');
});

test('the stock login of the Shop’s SDK drops the token and ends at the login page', async () => {
  const browser = httpBrowser();
  const token = plantToken(sandbox);
  const page = await browser.visit(
    `${sandbox.origins.shop}/login-stock?session_transfer_token=${token}`,
  );
  expect(page.url.origin).toBe(sandbox.origins.customers);
  expect(page.body).toContain('name="username"');
  expect(sandbox.tenant.context.memory.sessionTransferTokens.get(token)?.used).toBe(false);
});
