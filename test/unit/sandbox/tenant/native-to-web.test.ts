import { describe, expect, test } from 'vitest';
import { claimsOf, fixtureBrowser, locationOf, post } from './fixture-browser.ts';
import { appTokens, mint, redemption, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, CUSTOMERS_ORIGIN, nora, sam } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';
import { refresh, sessionTransfer } from './refresh-request.ts';

describe('Native to Web', () => {
  const openAsMe = async (
    tenant: FixtureTenant,
    browser = fixtureBrowser(tenant),
    parameters: Record<string, string | undefined> = {},
  ) => {
    const { refresh_token } = await signInAgent(tenant);
    const { body } = await refresh(tenant, refresh_token, sessionTransfer);
    const response = await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', String(body['access_token']), parameters),
    );
    return { body, response, browser };
  };
  const tokensOf = async (tenant: FixtureTenant, response: Response) => {
    const { body } = await appTokens(tenant, 'shop', locationOf(response).searchParams.get('code'));
    return body;
  };

  test('gives a session transfer token, a new refresh token and an ID token', async () => {
    const tenant = fixtureTenant();
    const { body } = await openAsMe(tenant);
    expect(body).toMatchObject({
      issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
      token_type: 'N_A',
      expires_in: 60,
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
  });

  test('signs the agent in as themselves, without act and without a refresh token', async () => {
    const tenant = fixtureTenant();
    const { response } = await openAsMe(tenant);
    const body = await tokensOf(tenant, response);
    const claims = claimsOf(body['id_token']);
    expect(claims['sub']).toBe(sam.user_id);
    expect(claims).not.toHaveProperty('act');
    expect(body).not.toHaveProperty('refresh_token');
  });

  test('gives a refresh token where the client allows it, which makes no further transfer', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        const shop = seed.clients.find((client) => client.client_id === 'shop');
        Object.assign(shop?.session_transfer ?? {}, {
          allow_refresh_token: true,
          can_create_session_transfer_token: true,
        });
      },
    });
    const { response } = await openAsMe(tenant);
    const { refresh_token } = await tokensOf(tenant, response);
    const again = await post(tenant, `${CUSTOMERS_ORIGIN}/oauth/token`, {
      grant_type: 'refresh_token',
      client_id: 'shop',
      client_secret: 'secret-of-shop',
      refresh_token: String(refresh_token),
      audience: 'urn:customers.localhost:session_transfer',
    });
    expect(again.body['error']).toBe('invalid_request');
  });

  test('needs the client’s permission', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        Object.assign(seed.clients.find((client) => client.client_id === 'extension') ?? {}, {
          session_transfer: undefined,
        });
      },
    });
    const { refresh_token } = await signInAgent(tenant);
    const { status, body } = await refresh(tenant, refresh_token, sessionTransfer);
    expect(status).toBe(400);
    expect(body['error']).toBe('invalid_request');
  });

  test('shows the login page to another device where the binding is by IP', async () => {
    const tenant = fixtureTenant();
    const { response } = await openAsMe(tenant, fixtureBrowser(tenant, '198.51.100.99'));
    expect(await response.text()).toContain('name="username"');
  });

  test.each(['none', 'asn'] as const)(
    'lets another address in with binding %s',
    async (binding) => {
      const tenant = fixtureTenant({
        change: (seed) => {
          const shop = seed.clients.find((client) => client.client_id === 'shop');
          Object.assign(shop?.session_transfer ?? {}, { enforce_device_binding: binding });
        },
      });
      const { response } = await openAsMe(tenant, fixtureBrowser(tenant, '198.51.100.99'));
      expect(locationOf(response).searchParams.has('code')).toBe(true);
    },
  );

  test.each([
    ['login_page', false],
    ['continue', true],
  ] as const)('ends another user’s session and then: %s', async (choice, goesOn) => {
    const tenant = fixtureTenant({ choices: { nativeToWebOverOtherSession: choice } });
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    await browser.submit(page, CUSTOMERS_ORIGIN, nora.email, 'nora-password');
    const { response } = await openAsMe(tenant, browser);
    expect(response.headers.has('location')).toBe(goesOn);
    const sessions = [...tenant.context.memory.sessions.values()];
    expect(sessions.some((session) => session.userId === nora.user_id)).toBe(false);
  });

  test('keeps the same user’s session', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await openAsMe(tenant, browser);
    const cookie = browser.jarOf(CUSTOMERS_ORIGIN).get('auth0');
    const { response } = await openAsMe(tenant, browser);
    expect(locationOf(response).searchParams.has('code')).toBe(true);
    expect(browser.jarOf(CUSTOMERS_ORIGIN).get('auth0')).toBe(cookie);
  });

  test('works once, by cookie too where the client allows it', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        const shop = seed.clients.find((client) => client.client_id === 'shop');
        Object.assign(shop?.session_transfer ?? {}, { allowed_authentication_methods: ['cookie'] });
      },
    });
    const { refresh_token } = await signInAgent(tenant);
    const { body } = await refresh(tenant, refresh_token, sessionTransfer);
    const visit = () => {
      const browser = fixtureBrowser(tenant);
      browser
        .jarOf(CUSTOMERS_ORIGIN)
        .set('auth0_session_transfer_token', String(body['access_token']));
      return browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    };
    expect(locationOf(await visit()).searchParams.has('code')).toBe(true);
    expect(await (await visit()).text()).toContain('name="username"');
  });

  test('ends with the refresh token that it came from', async () => {
    const tenant = fixtureTenant();
    const { body, browser } = await openAsMe(tenant);
    await post(tenant, `${AGENTS_ORIGIN}/oauth/revoke`, {
      client_id: 'extension',
      token: String(body['refresh_token']),
    });
    const back = locationOf(
      await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined, { prompt: 'none' })),
    );
    expect(back.searchParams.get('error')).toBe('login_required');
  });

  const failed = (reason: string) => `Single Sign-On failed: ${reason}`;
  const notFound = failed(
    'Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
  );
  type Spoil = (tenant: FixtureTenant) => void;
  const changeClient =
    (id: string, settings: object): Spoil =>
    ({ context }) => {
      Object.assign(context.directory.clients.get(id) ?? {}, settings);
    };

  test.each<[string, string, Spoil]>([
    ['an expired token', notFound, (tenant) => tenant.wait(60)],
    [
      'a parent refresh token that was revoked',
      failed(
        "Parent refresh token not found. Session Transfer Token won't be used for session establishment.",
      ),
      ({ context }) => context.memory.refreshTokens.clear(),
    ],
    [
      'an organization that does not let the user in',
      failed('Session Transfer Token organization mismatch detected.'),
      changeClient('shop', { organization_usage: 'allow' }),
    ],
    [
      'a method that the app does not allow',
      'The application does not allow session transfer tokens by query.',
      changeClient('shop', { session_transfer: { allowed_authentication_methods: ['cookie'] } }),
    ],
  ])('shows the login page and warns in the log of %s', async (_, description, spoil) => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    const { body } = await refresh(tenant, refresh_token, sessionTransfer);
    spoil(tenant);
    const organization = description.includes('organization') ? 'org_acme' : undefined;
    const parameters = redemption('shop', String(body['access_token']), { organization });
    const response = await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, parameters);
    expect(await response.text()).toContain('name="username"');
    expect(tenant.context.log.entries.at(-1)).toMatchObject({ type: 'w', description });
  });

  test('warns in the log of another address, and of another user’s session', async () => {
    const tenant = fixtureTenant();
    await openAsMe(tenant, fixtureBrowser(tenant, '198.51.100.99'));
    expect(tenant.context.log.entries.at(-1)?.['description']).toBe(
      failed('Session Transfer Token device binding validation failed due to IP/ASN mismatch.'),
    );
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    await browser.submit(page, CUSTOMERS_ORIGIN, nora.email, 'nora-password');
    await openAsMe(tenant, browser);
    expect(tenant.context.log.entries.at(-1)?.['description']).toBe(
      failed('Session Transfer Token user mismatch detected.'),
    );
  });

  test('a delegation never comes by cookie', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        const shop = seed.clients.find((client) => client.client_id === 'shop');
        Object.assign(shop?.session_transfer ?? {}, {
          allowed_authentication_methods: ['cookie', 'query'],
        });
      },
    });
    const browser = fixtureBrowser(tenant);
    browser.jarOf(CUSTOMERS_ORIGIN).set('auth0_session_transfer_token', await mint(tenant));
    const response = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    expect(response.headers.has('location')).toBe(false);
  });
});
