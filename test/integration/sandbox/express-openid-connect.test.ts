import express from 'express';
import { auth } from 'express-openid-connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, serveApp } from '../../../src/sandbox/apps/app-server.ts';
import { sandboxClients } from '../../../src/sandbox/sandbox-clients.ts';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';
import { httpBrowser } from './http-browser.ts';

/** A support console as Auth0's documentation builds one: express-openid-connect asks for the token. */
const startConsole = (sandbox: FixtureSandbox): Promise<AppServer> => {
  const origin = sandbox.origins.crm;
  const app = express();
  app.use(
    auth({
      authRequired: false,
      baseURL: origin,
      issuerBaseURL: sandbox.origins.agents,
      clientID: 'console',
      clientSecret: 'console-secret',
      secret: 'a-secret-for-the-session-cookie',
      authorizationParams: { response_type: 'code', scope: 'openid profile email' },
    }),
  );
  app.get('/', (request, response) => {
    response.send(request.oidc.user?.['sub'] ?? 'nobody');
  });
  app.get('/launch', async (request, response) => {
    try {
      const result = await request.oidc.requestSessionTransferToken?.({
        subject_token: String(request.query['order']),
        subject_token_type: 'urn:understudy:customer',
        extra: { reason: 'TCK-1234' },
      });
      response.json(result);
    } catch (error) {
      const { error: code, error_description } = error as Record<string, unknown>;
      response.status(400).json({ error: code, error_description });
    }
  });
  return serveApp(origin, app);
};

const consoleClient = (origin: string) => {
  const template = sandboxClients(
    { agents: '', customers: '', https: '', backend: '', shop: '', desk: '', crm: '' },
    { chromeId: '', redirectOrigins: { chrome: '', firefox: '' } },
    { requesting: 'console-secret', management: '', reader: '', shop: '' },
  ).requesting;
  return {
    ...template,
    client_id: 'console',
    token_endpoint_auth_method: 'client_secret_basic' as const,
    grant_types: ['authorization_code'],
    callbacks: [`${origin}/callback`],
  };
};

let sandbox: FixtureSandbox;
let supportConsole: AppServer;

beforeAll(async () => {
  sandbox = await startFixtureSandbox((origin) => [consoleClient(origin)]);
  supportConsole = await startConsole(sandbox);
});

afterAll(async () => {
  await supportConsole.close();
  await sandbox.close();
});

const agentAtConsole = async () => {
  const { staff, passwords } = sandbox.seeded;
  const browser = httpBrowser();
  const page = await browser.visit(`${sandbox.origins.crm}/login`);
  const home = await browser.signIn(page, staff.agent.email, passwords.agent);
  expect(home.body).toBe(staff.agent.user_id);
  return browser;
};

const orderFor = (changes: object = {}) => {
  const { demoCustomer, staff } = sandbox.seeded;
  const order = {
    connection: 'customers',
    user_id: demoCustomer.identities[0]?.user_id,
    actor: { sub: staff.agent.user_id, reason: 'TCK-1234' },
    ...changes,
  };
  return encodeURIComponent(JSON.stringify(order));
};

const launch = async (browser: ReturnType<typeof httpBrowser>, changes: object = {}) => {
  const answer = await browser.visit(`${sandbox.origins.crm}/launch?order=${orderFor(changes)}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
};

test('Auth0’s SDK gets a session transfer token and Auth0’s SDK redeems it', async () => {
  const browser = await agentAtConsole();
  const result = await launch(browser);
  expect(result).toEqual({
    session_transfer_token: expect.any(String),
    issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
    expires_in: 60,
    token_type: expect.stringMatching(/^n_a$/i),
  });

  const login = new URL('/login', sandbox.origins.shop);
  login.searchParams.set('session_transfer_token', String(result['session_transfer_token']));
  const shop = await browser.visit(login.href);
  expect(shop.url.href).toBe(`${sandbox.origins.shop}/`);
  expect(shop.body).toContain('nora.lindqvist@mail.example');
  expect(shop.body).toMatch(/data-testid="act">[^<]*&quot;reason&quot;: &quot;TCK-1234&quot;/);

  const again = await browser.visit(login.href);
  expect(again.url.hostname).toBe('customers.localhost');
  expect(again.status).toBe(400);

  const out = await browser.visit(`${sandbox.origins.shop}/logout`);
  expect(out.url.origin).toBe(sandbox.origins.shop);
  expect(out.body).toContain('data-testid="signed-out"');
  const next = await launch(browser);
  login.searchParams.set('session_transfer_token', String(next['session_transfer_token']));
  expect((await browser.visit(login.href)).body).toContain('nora.lindqvist@mail.example');
});

test.each([
  ['without an actor', { actor: undefined }, 'invalid_request'],
  ['when the Action denies', { deny: 'policy_denied' }, 'policy_denied'],
])('the SDK sees the code %s', async (_, changes, code) => {
  const browser = await agentAtConsole();
  expect(await launch(browser, changes)).toMatchObject({ error: code });
});

test('the Shop says why a sign-in failed, and stays escaped', async () => {
  const failed = await httpBrowser().visit(
    `${sandbox.origins.shop}/callback?error=access_denied&error_description=%3Cimg%20src%3Dx%3E`,
  );
  expect(failed.status).toBe(400);
  expect(failed.body).toContain('access_denied');
  expect(failed.body).not.toContain('<img');
});

test('the Shop refuses an organization, since it uses none', async () => {
  const browser = await agentAtConsole();
  const result = await launch(browser);
  const failed = await browser.visit(
    `${sandbox.origins.shop}/login?organization=org_x&session_transfer_token=${String(result['session_transfer_token'])}`,
  );
  expect(failed.url.pathname).toBe('/callback');
  expect(failed.body).toContain('data-testid="error">invalid_request');
});

test('another host name of the Shop is not answered', async () => {
  const { port } = new URL(sandbox.origins.shop);
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.status).toBe(421);
});
