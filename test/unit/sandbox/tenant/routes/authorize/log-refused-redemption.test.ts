import { describe, expect, test } from 'vitest';
import type { TenantContext } from '../../../../../../src/sandbox/tenant/context.ts';
import type { TenantClient } from '../../../../../../src/sandbox/tenant/model.ts';
import { fixtureBrowser } from '../../fixture-browser.ts';
import { mint, redemption } from '../../fixture-delegation.ts';
import { CUSTOMERS_ORIGIN, nora } from '../../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../../fixture-tenant.ts';

type Provocation = {
  app?: 'shop' | 'desk';
  parameters?: Record<string, string | undefined>;
  ip?: string;
  /** What goes wrong between the exchange and the redemption. */
  between?: (context: TenantContext, tenant: FixtureTenant) => void;
};

const clientOf = ({ directory }: TenantContext, id: string): TenantClient => {
  const client = directory.clients.get(id);
  if (!client) {
    throw new Error(`No client ${id}.`);
  }
  return client;
};

const NOT_FOUND =
  'Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.';

const causes: [string, string, string, Provocation][] = [
  ['an expired token', 'w', NOT_FOUND, { between: (_, tenant) => tenant.wait(60) }],
  [
    'a token that was used',
    'w',
    NOT_FOUND,
    {
      between: ({ memory }) => {
        for (const token of memory.sessionTransferTokens.values()) {
          token.used = true;
        }
      },
    },
  ],
  [
    'another address',
    'w',
    'Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.',
    { ip: '198.51.100.99' },
  ],
  [
    'another domain',
    'w',
    NOT_FOUND,
    {
      between: ({ choices }) => {
        choices.redeemsOnOtherDomains = false;
      },
    },
  ],
  [
    'session-transfer-method-not-allowed',
    'w',
    'The application does not allow session transfer tokens in the query.',
    {
      between: (context) => {
        Object.assign(clientOf(context, 'shop').session_transfer ?? {}, {
          allowed_authentication_methods: ['cookie'],
        });
      },
    },
  ],
  [
    'delegated-access-not-allowed',
    'w',
    'Delegated access is not allowed for the application.',
    {
      between: (context) => {
        Object.assign(clientOf(context, 'shop').session_transfer ?? {}, { delegation: null });
      },
    },
  ],
  [
    'user-unavailable',
    'f',
    'The user does not exist or is blocked.',
    {
      between: ({ directory }) => {
        Object.assign(directory.users.get(nora.user_id) ?? {}, { blocked: true });
      },
    },
  ],
  [
    'connection-not-enabled',
    'f',
    'The connection is not enabled for the application.',
    {
      between: ({ directory }) => {
        Object.assign(directory.connection('customers') ?? {}, { enabled_clients: ['backend'] });
      },
    },
  ],
  [
    'organization-not-allowed',
    'f',
    'parameter organization is not allowed for this client',
    { parameters: { organization: 'org_nordwind' } },
  ],
  [
    'organization-required',
    'f',
    'parameter organization is required for this client',
    { app: 'desk', parameters: { organization: undefined } },
  ],
  [
    'organization-unknown',
    'f',
    'parameter organization is invalid',
    { app: 'desk', parameters: { organization: 'org_none' } },
  ],
  [
    'organization-connection-not-enabled',
    'f',
    'The connection is not enabled for the organization.',
    { app: 'desk', parameters: { organization: 'org_acme' } },
  ],
  [
    'organization-membership-missing',
    'f',
    'The user is not part of the org_nordwind organization.',
    {
      app: 'desk',
      between: ({ directory }) => {
        Object.assign(directory.organization('nordwind') ?? {}, { members: [] });
      },
    },
  ],
  [
    'denied-by-action',
    'f',
    'refused in the session',
    {
      between: ({ directory }) => {
        Object.assign(directory.users.get(nora.user_id) ?? {}, {
          app_metadata: { refuse_at: 'session' },
        });
      },
    },
  ],
];

const provoke = async (
  { app = 'shop', parameters, ip, between }: Provocation,
  options: Parameters<typeof fixtureTenant>[0] = {},
) => {
  const tenant = fixtureTenant(options);
  const token = await mint(tenant);
  between?.(tenant.context, tenant);
  await fixtureBrowser(tenant, ip).authorize(CUSTOMERS_ORIGIN, redemption(app, token, parameters));
  return { entries: tenant.context.log.entries, token };
};

describe('the log of a refused redemption tells', () => {
  test.each(causes)('%s', async (cause, type, description, provocation) => {
    const { entries, token } = await provoke(provocation);
    const known = description === NOT_FOUND ? undefined : nora.user_id;
    expect(entries.at(-1)).toMatchObject({
      type,
      description,
      client_id: provocation.app ?? 'shop',
      ip: provocation.ip ?? '198.51.100.7',
      ...(type === 'f'
        ? { details: { error: { message: description, type: cause } } }
        : { strategy: known === undefined ? '' : 'auth0' }),
    });
    expect(entries.at(-1)?.['user_id']).toBe(known);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  test('an unknown token', async () => {
    const tenant = fixtureTenant();
    await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, redemption('shop', 'made-up'));
    const entry = tenant.context.log.entries.at(-1);
    expect(entry).toMatchObject({
      type: 'w',
      client_id: 'shop',
      description: NOT_FOUND,
    });
    expect(JSON.stringify(entry)).not.toContain('made-up');
  });

  test('existing-session', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'f',
      details: { error: { oauthError: 'existing_session', type: 'existing-session' } },
    });
  });
});

describe('where the choice is otherwise, the log of a refused redemption', () => {
  test('names the cause of an unusable token as that of a failed login', async () => {
    const { entries } = await provoke(
      { ip: '198.51.100.99' },
      { choices: { refusedRedemptionLogType: 'f' } },
    );
    const description = 'The session transfer token is bound to another IP address.';
    expect(entries.at(-1)).toMatchObject({
      type: 'f',
      description,
      user_id: nora.user_id,
      details: {
        error: {
          message: description,
          oauthError: 'invalid_request',
          type: 'session-transfer-ip-mismatch',
        },
      },
    });
  });

  test('says only that it failed, and still whose and where', async () => {
    const { entries } = await provoke(
      { ip: '198.51.100.99' },
      { choices: { refusedRedemptionLogDetail: 'generic', refusedRedemptionLogType: 'f' } },
    );
    expect(entries.at(-1)).toMatchObject({
      type: 'f',
      description: 'Failed Login',
      user_id: nora.user_id,
      ip: '198.51.100.99',
    });
    expect(entries.at(-1)?.['details']).toEqual({
      error: { message: 'Failed Login', oauthError: 'invalid_request' },
      triggered_by_session_transfer_token: true,
    });
  });

  test('says nothing', async () => {
    const { entries } = await provoke(
      { ip: '198.51.100.99' },
      { choices: { refusedRedemptionLogDetail: 'none' } },
    );
    expect(entries.at(-1)?.type).toBe('secte');
  });

  test('still has the documented warning', async () => {
    const { entries } = await provoke(
      {
        between: (context) => {
          Object.assign(clientOf(context, 'shop').session_transfer ?? {}, { delegation: null });
        },
      },
      { choices: { refusedRedemptionLogDetail: 'none' } },
    );
    expect(entries.at(-1)?.type).toBe('w');
  });
});
