import { describe, expect, test } from 'vitest';
import type { TenantContext } from '../../../../../src/sandbox/tenant/context.ts';
import type { TenantClient } from '../../../../../src/sandbox/tenant/model.ts';
import { fixtureBrowser } from '../fixture-browser.ts';
import { mint, redemption } from '../fixture-delegation.ts';
import { customersOrigin, nora, sam } from '../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../fixture-tenant.ts';

type Provocation = {
  app?: 'shop' | 'desk';
  parameters?: Record<string, string | undefined>;
  ip?: string;
  /** What goes wrong between the exchange and the redemption. */
  between?: (context: TenantContext, tenant: FixtureTenant) => void;
};

const clientOf = ({ directory }: TenantContext, id: string): TenantClient => {
  const client = directory.clients.get(id);
  if (!client) throw new Error(`No client ${id}.`);
  return client;
};

const causes: [string, string, string, Provocation][] = [
  [
    'session-transfer-token-expired',
    'f',
    'The session transfer token has expired.',
    { between: (_, tenant) => tenant.wait(60) },
  ],
  [
    'session-transfer-token-used',
    'f',
    'The session transfer token was already used.',
    {
      between: ({ memory }) => {
        for (const token of memory.sessionTransferTokens.values()) token.used = true;
      },
    },
  ],
  [
    'session-transfer-ip-mismatch',
    'f',
    'The session transfer token is bound to another IP address.',
    { ip: '198.51.100.99' },
  ],
  [
    'session-transfer-domain-mismatch',
    'f',
    'The session transfer token is of another domain.',
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
  await fixtureBrowser(tenant, ip).authorize(customersOrigin, redemption(app, token, parameters));
  return { entries: tenant.context.log.entries, token };
};

describe('the log of a refused redemption tells', () => {
  test.each(causes)('%s', async (cause, type, description, provocation) => {
    const { entries, token } = await provoke(provocation);
    expect(entries.at(-1)).toMatchObject({
      type,
      description,
      client_id: provocation.app ?? 'shop',
      user_id: nora.user_id,
      connection: 'customers',
      ip: provocation.ip ?? '198.51.100.7',
      details: {
        actor: { sub: sam.user_id, app: 'shop' },
        error: { message: description, oauthError: expect.any(String), type: cause },
      },
    });
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  test('session-transfer-token-unknown', async () => {
    const tenant = fixtureTenant();
    await fixtureBrowser(tenant).authorize(customersOrigin, redemption('shop', 'made-up'));
    const entry = tenant.context.log.entries.at(-1);
    expect(entry).toMatchObject({
      type: 'f',
      client_id: 'shop',
      details: { error: { type: 'session-transfer-token-unknown' } },
    });
    expect(JSON.stringify(entry)).not.toContain('made-up');
  });

  test('existing-session', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await browser.authorize(customersOrigin, redemption('shop', await mint(tenant)));
    await browser.authorize(customersOrigin, redemption('shop', await mint(tenant)));
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'f',
      details: { error: { oauthError: 'existing_session', type: 'existing-session' } },
    });
  });
});

describe('where the choice is otherwise, the log of a refused redemption', () => {
  test('says only that it failed, and still whose and where', async () => {
    const { entries } = await provoke(
      { ip: '198.51.100.99' },
      { choices: { refusedRedemptionLogDetail: 'generic' } },
    );
    expect(entries.at(-1)).toMatchObject({
      type: 'f',
      description: 'Failed Login',
      user_id: nora.user_id,
      ip: '198.51.100.99',
    });
    expect(entries.at(-1)?.['details']).toEqual({ actor: { sub: sam.user_id, app: 'shop' } });
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

test.each([
  ['top_level', true, false],
  ['details', false, true],
  ['both', true, true],
] as const)('the session’s id is in the log by choice: %s', async (choice, top, inDetails) => {
  const { entries } = await provoke({}, { choices: { sessionIdInLog: choice } });
  const entry = entries.at(-1);
  expect(entry?.type).toBe('sdel');
  expect(entry && 'session_id' in entry).toBe(top);
  expect(Object.hasOwn(entry?.['details'] as object, 'session_id')).toBe(inDetails);
});
