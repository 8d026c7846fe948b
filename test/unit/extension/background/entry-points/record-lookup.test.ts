import { expect, test } from 'vitest';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { createRecordLookup } from '../../../../../src/extension/background/entry-points/record-lookup.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';

const PATTERNS = [
  { system: 'CRM', urlPattern: 'https://crm.example.com/c/:key', key: 'user_id' as const },
];
const refusedAs = (code: string) =>
  refused({ source: 'backend', code, title: '', detail: '', action: '', requestId: '' });

const lookupWith = (answer: unknown) => {
  const asked: unknown[] = [];
  // The client's type follows the endpoint; there is only one here.
  const client = (async (name: string, call: object) => {
    asked.push({ name, ...call });
    return answer;
  }) as unknown as BackendClient;
  return { lookUp: createRecordLookup({ client, patterns: async () => PATTERNS }), asked };
};

test('a record is asked for by the first of its addresses that is one', async () => {
  const { lookUp, asked } = lookupWith(done({ customers: [], tried: { key: 'user_id' } }));
  await lookUp({
    kind: 'record',
    urls: ['https://frame.example.com/', 'https://crm.example.com/c/1'],
  });
  expect(asked).toEqual([
    { name: 'customersByRecord', query: { url: 'https://crm.example.com/c/1' } },
  ]);
});

test('the address of any other page does not leave the browser', async () => {
  const { lookUp, asked } = lookupWith(undefined);
  const answer = await lookUp({ kind: 'record', urls: ['https://bank.example.com/me'] });
  expect(answer).toMatchObject({ ok: false, problem: { code: 'not_a_record' } });
  expect(asked).toEqual([]);
});

test('a page without an address is no record', async () => {
  const { lookUp } = lookupWith(undefined);
  expect(await lookUp({ kind: 'record', urls: [] })).toMatchObject({
    problem: { code: 'not_a_record' },
  });
});

test('what the backend does not take for a record is none', async () => {
  const { lookUp } = lookupWith(refusedAs('invalid_request'));
  const answer = await lookUp({ kind: 'record', urls: ['https://crm.example.com/c/1'] });
  expect(answer).toMatchObject({ problem: { code: 'not_a_record' } });
});

test('another refusal is told in the backend’s words', async () => {
  const { lookUp } = lookupWith(refusedAs('permission_denied'));
  const answer = await lookUp({ kind: 'email', email: 'nora@mail.example' });
  expect(answer).toMatchObject({ problem: { source: 'backend', code: 'permission_denied' } });
});
