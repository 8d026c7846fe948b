import { describe, expect, test, vi } from 'vitest';
import { createTabOpening } from '../../../../../../src/extension/background/launch/opening/tab-opening.ts';
import { fakeTabs, fakeTimers, settled } from '../../fakes.ts';

const TAB = 7;

const opening = () => {
  const { tabs, update, listeners } = fakeTabs([TAB]);
  const { delay, advance } = fakeTimers();
  return { ...createTabOpening({ tabs, delay }), update, advance, listeners };
};
const LOADED = { loading: false, complete: true, url: undefined };

describe('a customer’s tab that is opening', () => {
  test('is under way until the work of the launch has settled, whichever way', async () => {
    const { isUnderWay, during } = opening();
    expect(isUnderWay()).toBe(false);
    const work = Promise.withResolvers<string>();
    const counted = during(work.promise);
    expect(isUnderWay()).toBe(true);
    work.reject(new Error('refused'));
    await expect(counted).rejects.toThrow('refused');
    expect(isUnderWay()).toBe(false);
  });

  test('is under way until it has loaded and is painted, whatever other tabs do', async () => {
    const { isUnderWay, untilLoaded, update, advance, listeners } = opening();
    const loaded = untilLoaded(TAB);
    update({ tabId: 8, ...LOADED });
    update({ tabId: TAB, loading: true, complete: false, url: undefined });
    await settled();
    expect(isUnderWay()).toBe(true);
    update({ tabId: TAB, ...LOADED });
    await advance(49);
    expect(isUnderWay()).toBe(true);
    await advance(1);
    await loaded;
    expect(isUnderWay()).toBe(false);
    expect(listeners.size).toBe(0);
  });

  test('is no longer waited for when its page takes too long', async () => {
    const { isUnderWay, untilLoaded, advance } = opening();
    const loaded = untilLoaded(TAB);
    await advance(1_500);
    await loaded;
    expect(isUnderWay()).toBe(false);
  });

  test('is waited for by what nobody waits for, and by nothing once it has loaded', async () => {
    const { untilLoaded, untilAllLoaded, update, advance } = opening();
    await untilAllLoaded();
    const loaded = untilLoaded(TAB);
    const waited = vi.fn();
    void untilAllLoaded().then(waited);
    await settled();
    expect(waited).not.toHaveBeenCalled();
    update({ tabId: TAB, ...LOADED });
    await advance(50);
    await loaded;
    await settled();
    expect(waited).toHaveBeenCalledOnce();
    await untilAllLoaded();
  });

  test('is not waited for by news that must not wait, and is by what comes after them', async () => {
    const { untilLoaded, untilAllLoaded, interrupt, isUnderWay } = opening();
    void untilLoaded(TAB);
    const first = untilAllLoaded();
    interrupt();
    await first;
    expect(isUnderWay()).toBe(true);
    const waited = vi.fn();
    void untilAllLoaded().then(waited);
    await settled();
    expect(waited).not.toHaveBeenCalled();
  });
});
