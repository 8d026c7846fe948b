import { describe, expect, test } from 'vitest';
import {
  agentIdSchema,
  customerIdSchema,
  targetAppIdSchema,
} from '../../../../../src/contract/ids.ts';
import { createRecents } from '../../../../../src/extension/background/customers/recents.ts';
import { memoryArea } from '../fakes.ts';

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
      { customerId: 'a', targetAppId: 'shop', pinned: false },
      { customerId: 'b', targetAppId: 'shop', pinned: false },
    ]);
  });

  test('are twenty at most', async () => {
    const recents = createRecents(memoryArea());
    for (let index = 0; index < 25; index += 1) {
      await recents.add(ADA, customer(`c${index}`), SHOP);
    }
    const pairs = await recents.of(ADA);
    expect(pairs).toHaveLength(20);
    expect(pairs[0]?.customerId).toBe('c24');
  });

  test('are shown pinned ones first, each part newest first', async () => {
    const recents = createRecents(memoryArea());
    for (const name of ['a', 'b', 'c', 'd']) {
      await recents.add(ADA, customer(name), SHOP);
    }
    await recents.pin(ADA, { customerId: customer('a'), targetAppId: SHOP, pinned: true });
    await recents.pin(ADA, { customerId: customer('c'), targetAppId: SHOP, pinned: true });
    const ids = async () => (await recents.of(ADA)).map(({ customerId }) => customerId);
    expect(await ids()).toEqual(['c', 'a', 'd', 'b']);
    await recents.pin(ADA, { customerId: customer('a'), targetAppId: SHOP, pinned: false });
    expect(await ids()).toEqual(['c', 'd', 'b', 'a']);
    expect((await recents.newest(ADA))?.customerId).toBe('d');
  });

  test('stay pinned when launched again, and when twenty newer ones come', async () => {
    const recents = createRecents(memoryArea());
    await recents.add(ADA, customer('old'), SHOP);
    await recents.pin(ADA, { customerId: customer('old'), targetAppId: SHOP, pinned: true });
    await recents.add(ADA, customer('old'), SHOP);
    for (let index = 0; index < 25; index += 1) {
      await recents.add(ADA, customer(`c${index}`), SHOP);
    }
    const pairs = await recents.of(ADA);
    expect(pairs).toHaveLength(20);
    expect(pairs[0]).toEqual({ customerId: 'old', targetAppId: 'shop', pinned: true });
    expect(pairs.at(-1)?.customerId).toBe('c6');
  });

  test('take the newest even when twenty are pinned', async () => {
    const recents = createRecents(memoryArea());
    for (let index = 0; index < 20; index += 1) {
      await recents.add(ADA, customer(`c${index}`), SHOP);
      await recents.pin(ADA, {
        customerId: customer(`c${index}`),
        targetAppId: SHOP,
        pinned: true,
      });
    }
    await recents.add(ADA, customer('new'), SHOP);
    const ids = (await recents.of(ADA)).map(({ customerId }) => customerId);
    expect(ids).toHaveLength(20);
    expect(ids).toContain('new');
    expect(ids).not.toContain('c0');
  });

  test('are not made by pinning what was never launched', async () => {
    const recents = createRecents(memoryArea());
    await recents.add(ADA, customer('a'), SHOP);
    await recents.pin(ADA, { customerId: customer('b'), targetAppId: SHOP, pinned: true });
    expect(await recents.of(ADA)).toHaveLength(1);
  });

  test('of an earlier version are none pinned', async () => {
    const pairs = [{ customerId: 'a', targetAppId: 'shop' }];
    const recents = createRecents(memoryArea({ recents: { agentId: 'auth0|ada', pairs } }));
    expect(await recents.of(ADA)).toEqual([
      { customerId: 'a', targetAppId: 'shop', pinned: false },
    ]);
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
      pairs: [{ customerId: 'a', targetAppId: 'shop', pinned: false }],
    });
  });

  test('are none when storage holds garbage', async () => {
    const recents = createRecents(memoryArea({ recents: [{ customerId: 1 }] }));
    expect(await recents.of(ADA)).toEqual([]);
  });
});
