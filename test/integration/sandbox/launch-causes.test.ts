import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from '../launch/agent-client.ts';
import { ordinaryCustomers } from '../launch/ordinary-customers.ts';
import { createWebClient } from '../launch/web-client.ts';

/**
 * The causes of a failed launch, provoked over HTTP in the sandbox, with the real backend
 * and the real Actions in between.
 */
const endpoints = workerEndpoints();
let agent: AgentClient;
let token: string;

type Answer = { status: number; body: never };

const management = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const response = await fetch(`${endpoints.tenant.agents}/api/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as never };
};

beforeAll(async () => {
  const { clientId, clientSecret } = endpoints.clients.management;
  const answer = await fetch(`${endpoints.tenant.agents}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: `${endpoints.tenant.https}/api/v2/`,
    }),
  });
  token = ((await answer.json()) as { access_token: string }).access_token;
  agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
});

afterEach(() => management('POST', '/sandbox/reset', {}));

type Call = { method: string; path: string; body?: unknown };
type Names = {
  shop: string;
  desk: string;
  requesting: string;
  customer: string;
  connection: string;
  organization: string;
};

const names = async (): Promise<Names> => {
  const { body } = await management('GET', '/connections?name=customers');
  const [connection] = body as { id: string }[];
  const idOf = (kind: string) => endpoints.targetApps.find((app) => app.kind === kind)?.id ?? '';
  const { customer } = endpoints.accounts;
  return {
    shop: idOf('express'),
    desk: idOf('spa'),
    requesting: endpoints.clients.requesting.clientId,
    customer: encodeURIComponent(customer.id),
    connection: connection?.id ?? '',
    organization: customer.organizations[0] ?? '',
  };
};

const patchClient =
  (id: 'shop' | 'desk', body: object) =>
  (known: Names): Call => ({
    method: 'PATCH',
    path: `/clients/${known[id]}`,
    body,
  });
const patchCustomer =
  (body: object) =>
  (known: Names): Call => ({
    method: 'PATCH',
    path: `/users/${known.customer}`,
    body,
  });
const patchLevers = (body: object) => (): Call => ({
  method: 'PATCH',
  path: '/sandbox/choices',
  body,
});

const now = async ({ method, path, body }: Call): Promise<void> => {
  expect((await management(method, path, body)).status).toBeLessThan(300);
};
const beforeRedemption = async (call: Call): Promise<void> => {
  const put = { ...call, path: `/api/v2${call.path}` };
  await now({ method: 'PUT', path: '/sandbox/before-next-redemption', body: [put] });
};

const launch = async (app: 'shop' | 'desk', customerId = endpoints.accounts.customer.id) => {
  const known = await names();
  return agent.launch({
    customerId,
    targetAppId: known[app],
    ...(app === 'desk' && { organizationId: known.organization }),
  });
};

/** What Desk's script sends to `/authorize`. */
const deskRequest = (id: string, sessionTransferToken: string, organization: string): URL => {
  const url = new URL('/authorize', endpoints.tenant.customers);
  const home = endpoints.targetApps.find((app) => app.id === id)?.home ?? '';
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: `${home}callback`,
    scope: 'openid',
    code_challenge: createHash('sha256').update('verifier').digest('base64url'),
    code_challenge_method: 'S256',
    session_transfer_token: sessionTransferToken,
    organization,
  }).toString();
  return url;
};

/** Host, path and `error` of where a browser ends with a launch. */
const open = async (
  body: { loginUrl: string; sessionTransferToken: string; organizationId?: string },
  web = createWebClient(),
): Promise<string> => {
  const known = await names();
  const start = body.organizationId
    ? deskRequest(known.desk, body.sessionTransferToken, body.organizationId)
    : new URL(`${body.loginUrl}?session_transfer_token=${body.sessionTransferToken}`);
  const isBack = (url: URL) => url.pathname === '/callback' && url.searchParams.has('error');
  const end = await web.open(start, {}, isBack);
  const url = end.location ?? end.url;
  const shown = /data-testid="error">([^<]+)</.exec(end.text)?.[1];
  const error = url.pathname === '/callback' ? url.searchParams.get('error') : shown;
  return [url.hostname.replace('.localhost', ''), url.pathname, error].filter(Boolean).join(' ');
};

type Entry = { type: string; description: string; details: { error?: { type?: string } } };

/** The cause in a word where the entry's schema has one, else its description. */
const newestCause = async (types: string): Promise<string> => {
  const { body } = await management('GET', `/logs?q=type:(${types})&sort=date:-1&per_page=1`);
  const [entry] = body as Entry[];
  return [entry?.type, entry?.details.error?.type ?? entry?.description].join(' ');
};

test('in the good case the agent lands, and the log has the actor’s sub alone', async () => {
  const { shop } = await names();
  const { status, body } = await launch('shop');
  expect(status).toBe(201);
  expect(await open(body)).toBe('shop /');
  const { sub: agentId } = (await agent.get('/v1/me')).body.agent;
  const found = await management('GET', '/logs?q=type:sdel&sort=date:-1&per_page=1');
  expect(found.body).toMatchObject([
    {
      client_id: shop,
      user_id: endpoints.accounts.customer.id,
      ip: '127.0.0.1',
      details: {
        session_id: expect.any(String),
        actor: { sub: agentId },
      },
    },
  ]);
});

describe('between exchange and redemption', () => {
  test.each<[string, 'shop' | 'desk', (known: Names) => Call, string, string]>([
    [
      'delegated access is turned off',
      'shop',
      patchClient('shop', {
        session_transfer: { allowed_authentication_methods: ['query'], delegation: null },
      }),
      'customers /u/login',
      'w Delegated access is not allowed for the application.',
    ],
    [
      'the query method is turned off',
      'shop',
      patchClient('shop', {
        session_transfer: {
          allowed_authentication_methods: ['cookie'],
          delegation: { allow_delegated_access: true },
        },
      }),
      'customers /u/login',
      'w The application does not allow session transfer tokens in the query.',
    ],
    [
      'the connection is disabled on the app',
      'shop',
      ({ connection, shop }) => ({
        method: 'PATCH',
        path: `/connections/${connection}/clients`,
        body: [{ client_id: shop, status: false }],
      }),
      'shop /callback access_denied',
      'f connection-not-enabled',
    ],
    [
      'the app requires an organization',
      'shop',
      patchClient('shop', { organization_usage: 'require' }),
      'shop /callback invalid_request',
      'f organization-required',
    ],
    [
      'the app denies organizations',
      'desk',
      patchClient('desk', { organization_usage: 'deny' }),
      'desk /callback invalid_request',
      'f organization-not-allowed',
    ],
    [
      'the organization is removed',
      'desk',
      ({ organization }) => ({ method: 'DELETE', path: `/organizations/${organization}` }),
      'desk /callback invalid_request',
      'f organization-unknown',
    ],
    [
      'the customer leaves the organization',
      'desk',
      ({ organization, customer }) => ({
        method: 'DELETE',
        path: `/organizations/${organization}/members`,
        body: { members: [decodeURIComponent(customer)] },
      }),
      'desk /callback access_denied',
      'f organization-membership-missing',
    ],
    [
      'the connection is disabled in the organization',
      'desk',
      ({ organization, connection }) => ({
        method: 'DELETE',
        path: `/organizations/${organization}/enabled_connections/${connection}`,
      }),
      'desk /callback access_denied',
      'f organization-connection-not-enabled',
    ],
    [
      'the browser’s address becomes another',
      'shop',
      patchLevers({ clientAddressOverride: '2001:db8::1' }),
      'customers /authorize invalid_request',
      'w Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.',
    ],
    [
      'a second factor becomes necessary',
      'shop',
      patchCustomer({ app_metadata: { multifactor_required: true } }),
      'shop /callback interaction_required',
      'f multifactor-required',
    ],
    [
      'consent becomes necessary',
      'shop',
      patchClient('shop', { is_first_party: false }),
      'shop /callback interaction_required',
      'f consent-required',
    ],
    [
      'the customer becomes protected, so that our post-login Action refuses',
      'shop',
      patchCustomer({ app_metadata: { understudy_protected: true } }),
      'shop /callback access_denied',
      'f denied-by-action',
    ],
  ])('between exchange and redemption: %s', async (_, app, change, end, cause) => {
    await beforeRedemption(change(await names()));
    const { status, body } = await launch(app);
    expect(status).toBe(201);
    expect(await open(body)).toBe(end);
    expect(await newestCause('f OR w OR sdel')).toBe(cause);
  });
});

describe('from the start', () => {
  test.each([
    ['expired', { sessionTransferLifetimeInSeconds: 0 }],
    ['used', { sessionTransferTokensArriveUsed: true }],
  ])('from the start, the token arrives %s', async (_cause, levers) => {
    await now(patchLevers(levers)());
    expect(await open((await launch('shop')).body)).toBe('customers /authorize invalid_request');
    expect(await newestCause('f OR w OR sdel')).toBe(
      'w Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
    );
  });

  test('from the start, the app drops the parameters', async () => {
    const { home } = endpoints.targetApps[0] ?? { home: '' };
    await now(patchClient('shop', { initiate_login_uri: `${home}login-stock` })(await names()));
    const { body } = await launch('shop');
    expect(body.loginUrl).toBe(`${home}login-stock`);
    expect(await open(body)).toBe('customers /u/login');
  });

  test('from the start, a session exists', async () => {
    const web = createWebClient();
    // As somebody else: a launch as the same customer would have the backend end this session.
    const [somebody] = await ordinaryCustomers(agent);
    await open((await launch('shop', somebody)).body, web);
    const end = await open((await launch('shop')).body, web);
    expect(end).toBe('customers /authorize existing_session');
    expect(await newestCause('f OR w')).toBe('f existing-session');
  });

  test('from the start, the app is down', async () => {
    const { body } = await launch('shop');
    const path = `/sandbox/apps/${(await names()).shop}`;
    await now({ method: 'PATCH', path, body: { running: false } });
    await expect(open(body)).rejects.toThrow('fetch failed');
  });

  test('from the start, the connection is disabled on the requesting client: nothing is minted', async () => {
    const { connection, requesting } = await names();
    const body = [{ client_id: requesting, status: false }];
    await now({ method: 'PATCH', path: `/connections/${connection}/clients`, body });
    const refused = await launch('shop');
    expect([refused.status, refused.body.code]).toEqual([502, 'exchange_refused']);
    expect(await newestCause('fecte OR secte')).toBe(
      'fecte The connection is not enabled for the client.',
    );
  });

  test('from the start, a second factor is necessary: nothing is minted', async () => {
    const change = patchCustomer({ app_metadata: { multifactor_required: true } });
    await now(change(await names()));
    const refused = await launch('shop');
    expect([refused.status, refused.body.code]).toEqual([502, 'exchange_refused']);
    expect(await newestCause('fecte OR secte')).toBe(
      'fecte MFA is not supported using actor_token with the requested token exchange profile.',
    );
  });
});
