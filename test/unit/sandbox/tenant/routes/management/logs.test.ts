import { describe, expect, test } from 'vitest';
import { fixtureBrowser } from '../../fixture-browser.ts';
import { mint, redemption } from '../../fixture-delegation.ts';
import { fixtureManagement, managementToken } from '../../fixture-management.ts';
import { CANONICAL_ORIGIN, CUSTOMERS_ORIGIN, nora } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

/** A tenant in which Sam became Nora at 10:00:00 and a spent token was tried at 10:05:00. */
const eventful = async () => {
  const tenant = fixtureTenant();
  const token = await mint(tenant);
  await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, redemption('shop', token));
  tenant.wait(300);
  await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, redemption('shop', token));
  const call = fixtureManagement(tenant);
  const typesOf = async (parameters: Record<string, string>) => {
    const { body } = await call('GET', `/logs?${new URLSearchParams(parameters)}`);
    return (body as unknown as { type: string }[]).map((entry) => entry.type);
  };
  return { tenant, call, typesOf };
};

describe('a log search finds', () => {
  test.each<[string, string[]]>([
    ['type:(sdel OR w OR f)', ['w', 'sdel']],
    ['type:(sdel OR w) AND date:[2026-11-20T10:05:00.000Z TO *]', ['w']],
    ['type:(sdel OR w) AND date:[* TO 2026-11-20T10:04:59.999Z]', ['sdel']],
    ['type:(sdel OR w) AND date:2026-11-20', ['w', 'sdel']],
    ['date:[2026-11-21 TO *]', []],
    ['type:sdel AND client_id:"shop"', ['sdel']],
    ['client_id:"backend"', ['secte']],
    [`user_id:"${nora.user_id}" AND NOT type:secte`, ['sdel']],
    ['ip:"198.51.100.7" AND NOT type:w', ['sdel', 'secte', 's']],
    ['type:SDEL', []],
  ])('%s', async (q, types) => {
    const { typesOf } = await eventful();
    const found = await typesOf({ q, sort: 'date:-1' });
    const withoutOthers = found.filter((type) => !['seacft', 'seccft'].includes(type));
    expect(withoutOthers).toEqual(types);
  });

  test('one entry by its id', async () => {
    const { tenant, typesOf } = await eventful();
    const entry = tenant.context.log.entries.find(({ type }) => type === 'sdel');
    expect(await typesOf({ q: `log_id:"${entry?.log_id}"` })).toEqual(['sdel']);
  });
});

describe('a log search refuses', () => {
  test.each([
    'details.actor.launch:"l-1"',
    'details.actor.sub:"auth0|1"',
    'references.correlation_id:"l-1"',
    'tenant_name:understudy',
    'session_id:"x"',
    'organization_name:acme',
    'scope:openid',
    'date:[yesterday TO *]',
    'type:[a TO b]',
  ])('%s', async (q) => {
    const { status, body } = await fixtureManagement(fixtureTenant())(
      'GET',
      `/logs?q=${encodeURIComponent(q)}`,
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'invalid_query_string' });
  });
});

describe('the list', () => {
  test('goes either way, a page at a time', async () => {
    const { typesOf } = await eventful();
    const q = 'type:(sdel OR w OR secte)';
    expect(await typesOf({ q, sort: 'date:1' })).toEqual(['secte', 'sdel', 'w']);
    expect(await typesOf({ q, sort: 'date:-1', per_page: '2' })).toEqual(['w', 'sdel']);
    expect(await typesOf({ q, sort: 'date:-1', per_page: '2', page: '1' })).toEqual(['secte']);
  });

  test('goes on from a checkpoint, whatever the query says', async () => {
    const { tenant, typesOf } = await eventful();
    const exchanged = tenant.context.log.entries.find(({ type }) => type === 'secte');
    const from = String(exchanged?.log_id);
    expect(await typesOf({ from, take: '1', q: 'type:f', sort: 'date:-1', unheard: 'of' })).toEqual(
      ['sdel'],
    );
    expect(await typesOf({ from, take: '1', fields: 'date' })).toEqual(['sdel']);
  });

  test('names the next checkpoint in a Link header until there is nothing more', async () => {
    const { tenant } = await eventful();
    const token = await managementToken(tenant);
    const follow = async (url: string) => {
      const response = await tenant.fetch(
        new Request(url, { headers: { authorization: `Bearer ${token}` } }),
        { ip: '203.0.113.1' },
      );
      const entries = (await response.json()) as { type: string }[];
      return {
        types: entries.map(({ type }) => type),
        next: /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1],
      };
    };
    const first = await follow(`${CANONICAL_ORIGIN}/api/v2/logs?take=3`);
    expect(first.types).toEqual(['s', 'seacft', 'secte']);
    const second = await follow(first.next ?? '');
    expect(second.types).toEqual(['sdel', 'w', 'seccft']);
    expect(await follow(second.next ?? '')).toEqual({ types: [], next: undefined });
  });

  test.each(['0', '101', 'x'])('takes no %s entries', async (take) => {
    const { status } = await fixtureManagement(fixtureTenant())('GET', `/logs?take=${take}`);
    expect(status).toBe(400);
  });

  test.each([
    ['refused', 400],
    ['ignored', 200],
  ] as const)('has a parameter that is not documented %s by choice', async (choice, status) => {
    const call = fixtureManagement(fixtureTenant({ choices: { unlistedLogParameters: choice } }));
    expect((await call('GET', '/logs?q=type:s&search_engine=v3')).status).toBe(status);
  });
});
