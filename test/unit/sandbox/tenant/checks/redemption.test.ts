import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf } from '../fixture-browser.ts';
import { logTypesOf, mint, redemption } from '../fixture-delegation.ts';
import { CUSTOMERS_ORIGIN, enzo, nora, pia } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';
import { errorOn, redeem } from './redeem.ts';

const clientOf = (seed: { clients: { client_id: string }[] }, id: string) =>
  seed.clients.find((client) => client.client_id === id) ?? {};

describe('the token', () => {
  test('works once', async () => {
    const { tenant, token } = await redeem();
    const again = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', token),
    );
    expect(again.status).toBe(400);
    expect(await errorOn(again)).toBe('invalid_request');
    expect(logTypesOf(tenant).at(-1)).toBe('w');
  });

  test('works for 60 seconds', async () => {
    expect(locationOf((await redeem({ wait: 59 })).response).searchParams.has('code')).toBe(true);
    expect((await redeem({ wait: 60 })).response.status).toBe(400);
  });

  test('works from the address only that it was asked for', async () => {
    const { response, tenant } = await redeem({ ip: '198.51.100.99' });
    expect(response.status).toBe(400);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'w',
      description:
        'Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.',
      ip: '198.51.100.99',
    });
  });

  test('that nobody minted is refused', async () => {
    const tenant = fixtureTenant();
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', 'made-up'),
    );
    expect(response.status).toBe(400);
  });

  test.each([
    ['redirect', 302],
    ['login_page', 200],
    ['error_page', 400],
  ] as const)('that is no good gives a %s where the choice says so', async (choice, status) => {
    const { response } = await redeem({
      wait: 60,
      choices: { unusableDelegationToken: choice },
    });
    expect(response.status).toBe(status);
    if (choice === 'redirect') {
      expect(locationOf(response).searchParams.get('error')).toBe('invalid_request');
    }
    if (choice === 'login_page') {
      expect(await response.text()).toContain('name="username"');
    }
  });

  test('redeems on the other domain, unless the choice is otherwise', async () => {
    const { response } = await redeem({ choices: { redeemsOnOtherDomains: false } });
    expect(response.status).toBe(400);
  });

  test('that was refused stays usable only where the choice says so', async () => {
    for (const stays of [false, true]) {
      const { tenant, token } = await redeem({
        ip: '198.51.100.99',
        choices: { refusedTokenStaysUsable: stays },
      });
      const second = await fixtureBrowser(tenant).authorize(
        CUSTOMERS_ORIGIN,
        redemption('shop', token),
      );
      expect(second.status).toBe(stays ? 302 : 400);
    }
  });
});

describe('the target app', () => {
  test('without delegated access shows the ordinary login page and logs a warning', async () => {
    const { response, tenant, token } = await redeem({
      change: (seed) => {
        Object.assign(clientOf(seed, 'shop'), {
          session_transfer: { allowed_authentication_methods: ['query'] },
        });
      },
    });
    expect(JSON.stringify([...tenant.context.memory.transactions])).not.toContain(token);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('name="username"');
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'w',
      client_id: 'shop',
      user_id: nora.user_id,
    });
  });

  test.each([
    ['login_page', 200],
    ['error_page', 403],
  ] as const)('without the query method gives the %s', async (choice, status) => {
    const { response, tenant } = await redeem({
      choices: { queryNotAllowed: choice },
      change: (seed) => {
        Object.assign(clientOf(seed, 'shop'), {
          session_transfer: {
            allowed_authentication_methods: ['cookie'],
            delegation: { allow_delegated_access: true },
          },
        });
      },
    });
    expect(response.status).toBe(status);
    expect(logTypesOf(tenant).at(-1)).toBe('w');
  });

  test('without the customer’s connection refuses', async () => {
    const { response } = await redeem({
      told: { connection: 'partners', user_id: pia.identities[0]?.user_id ?? '' },
    });
    expect(locationOf(response).searchParams.get('error')).toBe('access_denied');
    expect(locationOf(response).searchParams.get('error_description')).toBe(
      'The connection is not enabled for the application.',
    );
  });

  test('may not use anything but the code flow', async () => {
    const { response } = await redeem({ parameters: { response_type: 'id_token' } });
    expect(locationOf(response).searchParams.get('error')).toBe('unsupported_response_type');
  });

  test.each(['http://localhost:5000/callback', 'http://127.0.0.1:5000/callback'])(
    'may not have its callback on %s',
    async (callback) => {
      const { response } = await redeem({
        parameters: { redirect_uri: callback },
        change: (seed) => {
          Object.assign(clientOf(seed, 'shop'), { callbacks: [callback] });
        },
      });
      expect(response.status).toBe(403);
      expect(response.headers.has('location')).toBe(false);
    },
  );
});

describe('organizations', () => {
  test('missing where the app requires one is refused', async () => {
    const { response } = await redeem({ app: 'desk', parameters: { organization: undefined } });
    expect(locationOf(response).searchParams.get('error_description')).toBe(
      'parameter organization is required for this client',
    );
  });

  test('given where the app denies them is refused', async () => {
    const { response } = await redeem({ parameters: { organization: 'org_nordwind' } });
    expect(locationOf(response).searchParams.get('error')).toBe('invalid_request');
  });

  test('unknown is refused', async () => {
    const { response } = await redeem({ app: 'desk', parameters: { organization: 'org_none' } });
    expect(locationOf(response).searchParams.get('error')).toBe('invalid_request');
  });

  test('of others is refused', async () => {
    const { response } = await redeem({
      app: 'desk',
      told: { connection: 'acme-sso', user_id: enzo.email },
    });
    expect(locationOf(response).searchParams.get('error')).toBe('access_denied');
  });

  test('without the customer’s connection is refused', async () => {
    const { response } = await redeem({ app: 'desk', parameters: { organization: 'org_acme' } });
    expect(locationOf(response).searchParams.get('error_description')).toBe(
      'The connection is not enabled for the organization.',
    );
  });

  test('at the exchange do not imply one at the redirect', async () => {
    const tenant = fixtureTenant();
    const token = await mint(tenant, {}, { organization: 'org_nordwind' });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('desk', token, { organization: undefined }),
    );
    expect(locationOf(response).searchParams.get('error')).toBe('invalid_request');
  });

  test('refusals are a page where the choice says so', async () => {
    const { response } = await redeem({
      app: 'desk',
      parameters: { organization: undefined },
      choices: { refusedDelegation: 'error_page' },
    });
    expect(response.status).toBe(403);
    expect(await errorOn(response)).toBe('invalid_request');
  });
});
