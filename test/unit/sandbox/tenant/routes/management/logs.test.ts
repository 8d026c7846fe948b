import { describe, expect, test } from 'vitest';
import { fixtureBrowser } from '../../fixture-browser.ts';
import { mint, redemption } from '../../fixture-delegation.ts';
import { fixtureManagement } from '../../fixture-management.ts';
import { customersOrigin, nora } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

/** A tenant in which Sam became Nora at 10:00:00 and a spent token was tried at 10:05:00. */
const eventful = async () => {
  const tenant = fixtureTenant();
  const token = await mint(tenant);
  await fixtureBrowser(tenant).authorize(customersOrigin, redemption('shop', token));
  tenant.wait(300);
  await fixtureBrowser(tenant).authorize(customersOrigin, redemption('shop', token));
  const call = fixtureManagement(tenant);
  const typesOf = async (parameters: Record<string, string>) => {
    const { body } = await call('GET', `/logs?${new URLSearchParams(parameters)}`);
    return (body as unknown as { type: string }[]).map((entry) => entry.type);
  };
  return { tenant, call, typesOf };
};

describe('a log search finds', () => {
  test.each<[string, string[]]>([
    ['type:(sdel OR w OR f)', ['f', 'sdel']],
    ['type:(sdel OR f) AND date:[2026-11-20T10:05:00.000Z TO *]', ['f']],
    ['type:(sdel OR f) AND date:[* TO 2026-11-20T10:04:59.999Z]', ['sdel']],
    ['type:(sdel OR f) AND date:2026-11-20', ['f', 'sdel']],
    ['date:[2026-11-21 TO *]', []],
    ['type:sdel AND client_id:"shop"', ['sdel']],
    ['client_id:"backend"', ['secte']],
    [`user_id:"${nora.user_id}" AND NOT type:secte`, ['f', 'sdel']],
    ['ip:"198.51.100.7" AND NOT type:f', ['sdel', 'secte', 's']],
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
    const q = 'type:(sdel OR f OR secte)';
    expect(await typesOf({ q, sort: 'date:1' })).toEqual(['secte', 'sdel', 'f']);
    expect(await typesOf({ q, sort: 'date:-1', per_page: '2' })).toEqual(['f', 'sdel']);
    expect(await typesOf({ q, sort: 'date:-1', per_page: '2', page: '1' })).toEqual(['secte']);
  });

  test('goes on from a checkpoint, whatever the query says', async () => {
    const { tenant, typesOf } = await eventful();
    const exchanged = tenant.context.log.entries.find(({ type }) => type === 'secte');
    const next = await typesOf({ from: String(exchanged?.log_id), take: '1', q: 'type:f' });
    expect(next).toEqual(['sdel']);
  });
});
