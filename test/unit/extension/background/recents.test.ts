import { describe, expect, test } from 'vitest';
import {
  agentIdSchema,
  customerIdSchema,
  targetAppIdSchema,
} from '../../../../src/contract/ids.ts';
import { createRecents } from '../../../../src/extension/background/recents.ts';
import { memoryArea } from './fakes.ts';

const ADA = agentIdSchema.parse('auth0|ada');
const BEN = agentIdSchema.parse('auth0|ben');
const SHOP = targetAppIdSchema.parse('shop');
const customer = (name: string) => customerIdSchema.parse(name);

describe('recents', () => {
  test('are newest first, each pair once', async () => {
    const recents = createRecents(memoryArea());
    await recents.add(ADA, customer('a'), SHOP);
    await recents.add(ADA, customer('b'), SHOP);
    await recents.add(ADA, customer('a'), SHOP);
    expect(await recents.of(ADA)).toEqual([
      { customerId: 'a', targetAppId: 'shop' },
      { customerId: 'b', targetAppId: 'shop' },
    ]);
  });

  test('are twenty at most', async () => {
    const recents = createRecents(memoryArea());
    for (let index = 0; index < 25; index += 1) await recents.add(ADA, customer(`c${index}`), SHOP);
    const pairs = await recents.of(ADA);
    expect(pairs).toHaveLength(20);
    expect(pairs[0]?.customerId).toBe('c24');
  });

  test('are never shown to another agent', async () => {
    const recents = createRecents(memoryArea());
    await recents.add(ADA, customer('a'), SHOP);
    expect(await recents.of(BEN)).toEqual([]);
  });

  test('are ids only', async () => {
    const local = memoryArea();
    await createRecents(local).add(ADA, customer('a'), SHOP);
    expect(local.values.get('recents')).toEqual({
      agentId: 'auth0|ada',
      pairs: [{ customerId: 'a', targetAppId: 'shop' }],
    });
  });

  test('are none when storage holds garbage', async () => {
    const recents = createRecents(memoryArea({ recents: [{ customerId: 1 }] }));
    expect(await recents.of(ADA)).toEqual([]);
  });
});
