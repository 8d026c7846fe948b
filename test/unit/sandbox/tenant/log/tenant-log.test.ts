import { describe, expect, test } from 'vitest';
import type { LogEntry } from '../../../../../src/sandbox/tenant/log/tenant-log.ts';
import { claimsOf, fixtureBrowser, locationOf, post } from '../fixture-browser.ts';
import { appTokens, exchange, mint, redemption, signInAgent } from '../fixture-delegation.ts';
import { fixtureManagement } from '../fixture-management.ts';
import { AGENTS_ORIGIN, CUSTOMERS_ORIGIN, sam } from '../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../fixture-tenant.ts';
import { faultsOf, publishedTypes } from '../published-log-fields.ts';

type Options = Parameters<typeof fixtureTenant>[0];

const refreshAsExtension = (tenant: FixtureTenant, refresh_token: unknown) =>
  post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: 'extension',
    refresh_token: String(refresh_token),
    audience: 'urn:agents.localhost:session_transfer',
  });

/** One of every published entry: a whole delegation, and everything that can fail on the way. */
const eventful = async (options: Options = {}): Promise<FixtureTenant> => {
  const tenant = fixtureTenant(options);
  const browser = fixtureBrowser(tenant);
  const { id_token, refresh_token } = await signInAgent(tenant);
  await refreshAsExtension(tenant, refresh_token);
  await refreshAsExtension(tenant, 'made-up');
  await exchange(tenant, id_token, { subject_token: JSON.stringify({ deny: 'no' }) });
  const token = await mint(tenant);
  const redeem = async (more: Record<string, string>) =>
    locationOf(await browser.authorize(CUSTOMERS_ORIGIN, redemption('desk', token, more)));
  const code = (await redeem({ correlation_id: 'launch-1' })).searchParams.get('code');
  await appTokens(tenant, 'desk', code);
  const silently = async (app: 'shop' | 'desk', more: Record<string, string>) =>
    locationOf(
      await browser.authorize(
        CUSTOMERS_ORIGIN,
        redemption(app, undefined, { prompt: 'none', ...more }),
      ),
    ).searchParams.get('code');
  const second = await silently('desk', { correlation_id: 'launch-1' });
  tenant.wait(61);
  await appTokens(tenant, 'desk', second);
  await silently('desk', { organization: 'org_acme' });
  await browser.get(new URL('/v2/logout?client_id=desk', CUSTOMERS_ORIGIN));
  await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, redemption('desk', token));
  const again = redemption('desk', await mint(tenant), {
    organization: undefined,
    correlation_id: 'launch-2',
  });
  await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, again);
  return tenant;
};

const of = (tenant: FixtureTenant, type: string): LogEntry | undefined =>
  tenant.context.log.entries.find((entry) => entry.type === type);

describe('every entry that the tenant writes', () => {
  test.each([
    { correlationId: 'off' },
    { correlationId: 'on', refusedRedemptionLogType: 'f' },
  ] as const)('has the fields of its published schema and no other, with %j', async (choices) => {
    const { entries } = (await eventful({ choices })).context.log;
    const written = new Set(entries.map(({ type }) => type as string));
    expect(publishedTypes.filter((type) => !written.has(type))).toEqual(
      'refusedRedemptionLogType' in choices ? ['w'] : [],
    );
    expect(entries.flatMap(faultsOf)).toEqual([]);
  });
});

describe('the comparison with the schemas notices', () => {
  const entry = async (): Promise<LogEntry> => {
    const found = of(await eventful(), 'sdel');
    if (!found) {
      throw new Error('There is no sdel entry.');
    }
    return structuredClone(found);
  };

  test('a required field that is missing', async () => {
    expect(faultsOf({ ...(await entry()), client_name: undefined })).toEqual([
      'sdel lacks client_name',
    ]);
  });

  test('a forbidden field', async () => {
    expect(faultsOf({ ...(await entry()), session_id: 'x' })).toContain('sdel has session_id');
  });

  test('a field that is not listed', async () => {
    expect(faultsOf({ ...(await entry()), details: { actor: { sub: 'a' }, seen: 'x' } })).toEqual([
      'sdel has details.seen, which is not listed',
    ]);
  });
});

describe('the actor in a delegated entry', () => {
  test.each([
    ['sub', { sub: sam.user_id }],
    ['object', { sub: sam.user_id, app: 'shop' }],
  ] as const)('is by choice its %s', async (choice, actor) => {
    const tenant = await eventful({ choices: { actorInLog: choice } });
    for (const type of ['sdel', 'sdeleacft', 'sdelsa', 'secte']) {
      expect(of(tenant, type)?.['details']).toHaveProperty('actor', actor);
    }
  });

  test.each([
    ['sub', false],
    ['object', true],
  ] as const)('with %s is in a failed login, whose schema has none: %s', async (choice, has) => {
    const entry = of(await eventful({ choices: { actorInLog: choice } }), 'f');
    expect(Object.hasOwn(entry?.['details'] ?? {}, 'actor')).toBe(has);
  });

  test('changes with the choice while the tenant runs', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PATCH', '/sandbox/choices', { actorInLog: 'object' });
    await mint(tenant);
    expect(of(tenant, 'secte')?.['details']).toMatchObject({ actor: { app: 'shop' } });
  });
});

describe('a correlation id', () => {
  test.each([
    ['on', 'launch-1'],
    ['off', undefined],
  ] as const)('reaches post-login Actions where the feature is %s: %s', async (choice, seen) => {
    const tenant = fixtureTenant({ choices: { correlationId: choice } });
    const parameters = redemption('shop', await mint(tenant), { correlation_id: 'launch-1' });
    const back = locationOf(await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, parameters));
    const { body } = await appTokens(tenant, 'shop', back.searchParams.get('code'));
    const claims = claimsOf(body['id_token'])['https://sandbox.example/seen'] as object;
    expect(claims).toHaveProperty('protocol', 'oidc-basic-profile');
    expect('correlation' in claims ? claims.correlation : undefined).toBe(seen);
  });

  test.each(['sdel', 'sdeleacft', 'fdeleacft'])(
    'is in %s where the tenant has it',
    async (type) => {
      const tenant = await eventful({ choices: { correlationId: 'on' } });
      expect(of(tenant, type)?.['references']).toEqual({ correlation_id: 'launch-1' });
    },
  );

  test('is in a failed login where the tenant has it', async () => {
    const tenant = await eventful({ choices: { correlationId: 'on' } });
    expect(of(tenant, 'f')?.['references']).toEqual({ correlation_id: 'launch-2' });
  });

  test('is nowhere in the log of other tenants', async () => {
    expect(JSON.stringify((await eventful()).context.log.entries)).not.toContain('launch-1');
  });

  test.each(['a b', 'x'.repeat(65), '<b>'])('of the wrong syntax is left out: %s', async (id) => {
    const tenant = fixtureTenant({ choices: { correlationId: 'on' } });
    const parameters = redemption('shop', await mint(tenant), { correlation_id: id });
    await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, parameters);
    expect(of(tenant, 'sdel')).not.toHaveProperty('references');
  });
});
