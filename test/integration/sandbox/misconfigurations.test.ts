import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fixtureManagement, plantToken } from './fixture-management.ts';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';
import { httpBrowser } from './http-browser.ts';

let sandbox: FixtureSandbox;
let management: Awaited<ReturnType<typeof fixtureManagement>>;

beforeAll(async () => {
  sandbox = await startFixtureSandbox();
  management = await fixtureManagement(sandbox);
});

afterEach(() => management('POST', '/sandbox/reset', {}));

afterAll(() => sandbox.close());

type Change = (names: {
  shop: string;
  customer: string;
  connection: string;
}) => [method: string, path: string, body?: object];

const changeClient =
  (body: object): Change =>
  ({ shop }) => ['PATCH', `/clients/${shop}`, body];

const changeCustomer =
  (body: object): Change =>
  ({ customer }) => ['PATCH', `/users/${customer}`, body];

const changeLevers =
  (body: object): Change =>
  () => ['PATCH', '/sandbox/choices', body];

const query = { allowed_authentication_methods: ['query'] };

/** What to change over HTTP, where the browser ends (domain, path, `error`), and what the log says. */
const misconfigurations: [string, Change, string, [type: string, cause?: string]][] = [
  [
    'delegated access is off',
    changeClient({ session_transfer: { ...query, delegation: null } }),
    'customers /u/login 200',
    ['w', 'Delegated access is not allowed for the application.'],
  ],
  [
    'the query method is not allowed',
    changeClient({
      session_transfer: {
        allowed_authentication_methods: ['cookie'],
        delegation: { allow_delegated_access: true },
      },
    }),
    'customers /u/login 200',
    ['w', 'The application does not allow session transfer tokens in the query.'],
  ],
  [
    'the connection is not enabled on the app',
    ({ shop, connection }) => [
      'PATCH',
      `/connections/${connection}/clients`,
      [{ client_id: shop, status: false }],
    ],
    'shop /callback 400 access_denied',
    ['f', 'connection-not-enabled'],
  ],
  [
    'the app requires an organization',
    changeClient({ organization_usage: 'require' }),
    'shop /callback 400 invalid_request',
    ['f', 'organization-required'],
  ],
  [
    'the tenant sees the browser at another address',
    changeLevers({ clientAddressOverride: '2001:db8::1' }),
    'customers /authorize 400 invalid_request',
    [
      'w',
      'Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.',
    ],
  ],
  [
    'a second factor is needed',
    changeCustomer({ app_metadata: { multifactor_required: true } }),
    'shop /callback 400 interaction_required',
    ['f', 'multifactor-required'],
  ],
  [
    'consent is needed',
    changeClient({ is_first_party: false }),
    'shop /callback 400 interaction_required',
    ['f', 'consent-required'],
  ],
  [
    'the post-login Action refuses',
    changeCustomer({ app_metadata: { refuse_at: 'session' } }),
    'shop /callback 400 access_denied',
    ['f', 'denied-by-action'],
  ],
  [
    'the customer is blocked',
    changeCustomer({ blocked: true }),
    'shop /callback 400 access_denied',
    ['f', 'user-unavailable'],
  ],
  [
    'the callback is not one of the app’s',
    changeClient({ callbacks: [] }),
    'customers /authorize 403 invalid_request',
    ['f', 'callback-url-mismatch'],
  ],
];

const change = (make: Change): [string, string, object?] => {
  const { clients, seeded } = sandbox;
  return make({
    shop: clients.shop.client_id,
    customer: encodeURIComponent(seeded.demoCustomer.user_id),
    connection: seeded.seed.connections.find(({ name }) => name === 'customers')?.id ?? '',
  });
};

/** Where a browser ends that opens the Shop's login with a token. */
const redeem = async (path = '/login', browser = httpBrowser()): Promise<string> => {
  const token = plantToken(sandbox);
  const end = await browser.visit(`${sandbox.origins.shop}${path}?session_transfer_token=${token}`);
  const error = end.body.match(/data-testid="error">([^<]+)</)?.[1];
  const domain = end.url.hostname.replace('.localhost', '');
  return [domain, end.url.pathname, end.status, error].filter(Boolean).join(' ');
};

const newestEntry = async () => {
  const { body } = await management('GET', '/logs?q=type:(f OR w OR sdel)&per_page=1');
  const [entry] = body as unknown as {
    type: string;
    description: string;
    details: { actor?: object; error?: { type: string } };
  }[];
  return entry;
};

test('with nothing wrong the agent is in the Shop as the customer', async () => {
  expect(await redeem()).toBe('shop / 200');
  expect(await newestEntry()).toMatchObject({
    type: 'sdel',
    details: { actor: { sub: sandbox.seeded.staff.agent.user_id } },
  });
});

describe('the browser ends and the log says, as the table has it, when', () => {
  test.each(misconfigurations)(
    'the browser ends and the log says, as the table has it, when %s',
    async (_, make, end, [type, cause]) => {
      expect((await management(...change(make))).status).toBeLessThan(300);
      expect(await redeem()).toBe(end);
      const entry = await newestEntry();
      expect([entry?.type, entry?.details.error?.type ?? entry?.description]).toEqual([
        type,
        cause,
      ]);
    },
  );

  test.each(misconfigurations.slice(0, 9))(
    'only between exchange and redemption, the browser ends and the log says, as the table has it: %s',
    async (_, make, end, [type, cause]) => {
      const [method, path, body] = change(make);
      const put = await management('PUT', '/sandbox/before-next-redemption', [
        { method, path: `/api/v2${path}`, body },
      ]);
      expect(put.status).toBe(200);
      expect(await redeem()).toBe(end);
      const entry = await newestEntry();
      expect([entry?.type, entry?.details.error?.type ?? entry?.description]).toEqual([
        type,
        cause,
      ]);
    },
  );

  test('the browser ends and the log says, as the table has it, when a session exists', async () => {
    const browser = httpBrowser();
    await redeem('/login', browser);
    expect(await redeem('/login', browser)).toBe('customers /authorize 400 existing_session');
    expect((await newestEntry())?.details.error?.type).toBe('existing-session');
  });

  test('the browser ends and the log says, as the table has it, when the app drops the parameters: nothing at all in the log', async () => {
    const before = await newestEntry();
    expect(await redeem('/login-stock')).toBe('customers /u/login 200');
    expect(await newestEntry()).toEqual(before);
  });

  test('the browser ends and the log says, as the table has it, when the app is down, until it is back', async () => {
    const app = `/sandbox/apps/${sandbox.clients.shop.client_id}`;
    await management('PATCH', app, { running: false });
    await expect(redeem()).rejects.toThrow('fetch failed');
    await management('PATCH', app, { running: true });
    expect(await redeem()).toBe('shop / 200');
  });
});
