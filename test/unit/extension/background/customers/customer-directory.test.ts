import { describe, expect, test } from 'vitest';
import { customerIdSchema } from '../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { createCustomerDirectory } from '../../../../../src/extension/background/customers/customer-directory.ts';
import { memoryArea } from '../fakes.ts';

const customer = (id: string) => ({
  id,
  name: `Name of ${id}`,
  email: `${id}@example.com`,
  emailVerified: true,
  connection: 'db',
});

const directoryOf = (ids: readonly string[]) => {
  const session = memoryArea();
  const calls: unknown[] = [];
  const client = (async (name: string, call: { query?: Record<string, string> } = {}) => {
    calls.push([name, call]);
    const asked = call.query?.['ids']?.split(',') ?? ids;
    const customers = ids.filter((id) => asked.includes(id)).map(customer);
    return { ok: true, value: { customers, searched: { fields: [] }, more: false } };
  }) as unknown as BackendClient;
  return { directory: createCustomerDirectory(session, client), session, calls };
};
const idsOf = (...ids: readonly string[]) => ids.map((id) => customerIdSchema.parse(id));

describe('the customer directory', () => {
  test('asks for all missing names in one call, and once', async () => {
    const { directory, calls } = directoryOf(['a', 'b']);
    await directory.fetchMissing(idsOf('a', 'b', 'a'));
    await directory.fetchMissing(idsOf('a', 'b'));
    expect(calls).toEqual([['customers', { query: { ids: 'a,b' } }]]);
    expect((await directory.known()).get('b')?.name).toBe('Name of b');
  });

  test('knows who no longer exists, and does not ask again', async () => {
    const { directory, calls } = directoryOf(['a']);
    await directory.fetchMissing(idsOf('a', 'gone'));
    await directory.fetchMissing(idsOf('a', 'gone'));
    expect([...(await directory.gone())]).toEqual(['gone']);
    expect(calls).toHaveLength(1);
  });

  test('asks again for all in one call when told to, and notices who became protected or is gone', async () => {
    const session = memoryArea();
    const answers = [[customer('a'), customer('b')], [{ ...customer('a'), protected: true }]];
    const client = (async () => ({
      ok: true,
      value: { customers: answers.shift(), searched: { fields: [] }, more: false },
    })) as unknown as BackendClient;
    const directory = createCustomerDirectory(session, client);
    await directory.fetchMissing(idsOf('a', 'b'));
    await directory.refresh(idsOf('a', 'b'));
    expect((await directory.known()).get('a')?.protected).toBe(true);
    expect([...(await directory.gone())]).toEqual(['b']);
    expect((await directory.known()).has('b')).toBe(false);
  });

  test('asks for nobody where there is nobody to ask for', async () => {
    const { directory, calls } = directoryOf(['a']);
    await directory.refresh([]);
    expect(calls).toEqual([]);
  });

  test('remembers whom a search found', async () => {
    const { directory } = directoryOf(['a']);
    await directory.search('name');
    expect((await directory.known()).get('a')?.email).toBe('a@example.com');
  });

  test('asks for twenty customers, or for as many as are wanted', async () => {
    const { directory, calls } = directoryOf(['a']);
    await directory.search('name');
    await directory.search('name', 50);
    expect(calls).toEqual([
      ['customers', { query: { q: 'name', limit: '20' } }],
      ['customers', { query: { q: 'name', limit: '50' } }],
    ]);
  });

  test('remembers a hundred at most', async () => {
    const { directory } = directoryOf(Array.from({ length: 150 }, (_, index) => `c${index}`));
    await directory.search('name');
    expect((await directory.known()).size).toBe(100);
  });

  test.each([['text'], [{ customers: [{ id: 1 }], gone: [] }], [null]])(
    'survives garbage in storage: %j',
    async (garbage) => {
      const { directory, session } = directoryOf(['a']);
      await session.set('customers', garbage);
      expect((await directory.known()).size).toBe(0);
      await directory.search('name');
      expect((await directory.known()).size).toBe(1);
    },
  );
});
