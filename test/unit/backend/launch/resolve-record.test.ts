import { describe, expect, it } from 'vitest';
import { resolveRecord } from '../../../../src/backend/launch/resolve-record.ts';
import type { CustomerDirectory } from '../../../../src/backend/ports/customer-directory.ts';
import type { RecordPattern } from '../../../../src/contract/record.ts';
import { CUSTOMER } from '../fixtures.ts';

const PATTERNS: readonly RecordPattern[] = [
  {
    system: 'Zendesk',
    urlPattern: 'https://*.zendesk.com/agent/users/:key{/*}?',
    key: 'external_id',
  },
  { system: 'CRM', urlPattern: 'https://crm.example/customers/:key', key: 'user_id' },
  { system: 'Mailbox', urlPattern: 'https://mail.example/?from=:key', key: 'email' },
];

/** Resolves, and tells what the directory was asked for. */
const resolve = async (source: { url?: string; email?: string }) => {
  const asked: unknown[] = [];
  const directory: CustomerDirectory = {
    search: async () => ({ customers: [], fields: [], more: false }),
    findByIds: async (ids) => {
      asked.push(['user_id', ids]);
      return [CUSTOMER];
    },
    findByKey: async (key, value) => {
      asked.push([key, value]);
      return [CUSTOMER, CUSTOMER];
    },
    load: async () => undefined,
  };
  const result = await resolveRecord(directory, PATTERNS, { url: source.url, email: source.email });
  return { asked, result };
};

describe('a record', () => {
  it.each([
    ['https://acme.zendesk.com/agent/users/4711', ['external_id', '4711'], 'Zendesk'],
    ['https://acme.zendesk.com/agent/users/4711/tickets?x=1#y', ['external_id', '4711'], 'Zendesk'],
    ['https://crm.example/customers/auth0%7Cnora', ['user_id', ['auth0|nora']], 'CRM'],
    ['https://mail.example/?from=nora@mail.example', ['email', 'nora@mail.example'], 'Mailbox'],
  ])('at %s is looked for by its key', async (url, asked, system) => {
    const { asked: actual, result } = await resolve({ url });
    expect(actual).toEqual([asked]);
    expect(result).toMatchObject({ tried: { system } });
  });

  it('with an address is looked for by the address', async () => {
    const { asked, result } = await resolve({ email: ' Nora@mail.example ' });
    expect(asked).toEqual([['email', 'Nora@mail.example']]);
    expect(result).toEqual({ customers: [CUSTOMER, CUSTOMER], tried: { key: 'email' } });
  });
});

describe('what is no record', () => {
  it.each([
    { url: 'https://evil.example/customers/1' },
    { url: 'https://acme.zendesk.com.evil.example/agent/users/1' },
    { url: 'http://crm.example/customers/1' },
    { url: 'https://crm.example/customers/' },
    { url: 'https://crm.example/customers/%E0%A4%A' },
    { url: `https://crm.example/customers/${'x'.repeat(2_000)}` },
    { url: `https://crm.example/customers/${'x'.repeat(300)}` },
    { url: 'javascript:alert(1)' },
    { url: '' },
    { email: 'nora' },
    { email: 'nora@mail.example OR user_id:*' },
    { email: '"nora"@mail.example' },
    { email: '<img src=x>@mail.example' },
    { email: `${'x'.repeat(300)}@mail.example` },
    { url: 'https://crm.example/customers/1', email: 'nora@mail.example' },
    {},
  ])('%j is refused without asking the directory', async (source) => {
    const { asked, result } = await resolve(source);
    expect(asked).toEqual([]);
    expect(result).toMatchObject({ refused: true, code: 'invalid_request' });
    expect(JSON.stringify(result)).not.toMatch(/evil|<img/);
  });
});
