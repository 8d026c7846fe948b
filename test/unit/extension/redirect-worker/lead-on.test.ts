import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leadOn } from '../../../../src/extension/redirect-worker/lead-on.ts';

const ADDRESS = 'chrome-extension://id/launch/one';
const DESTINATION = 'https://shop.example/login?session_transfer_token=t';

const channels: BroadcastChannel[] = [];
/** Says where an address leads, whenever it is asked. */
const sayWhere = (address: string, answer: unknown): void => {
  const channel = new BroadcastChannel(address);
  channel.addEventListener('message', () => channel.postMessage(answer));
  channels.push(channel);
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const channel of channels.splice(0)) {
    channel.close();
  }
});

test('a one-time address is answered with a redirect to where its maker says', async () => {
  sayWhere(ADDRESS, DESTINATION);
  const response = await leadOn(ADDRESS);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe(DESTINATION);
});

test('what is said of another address is not heard', async () => {
  sayWhere('chrome-extension://id/launch/other', DESTINATION);
  const answer = leadOn(ADDRESS);
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await answer).type).toBe('error');
});

test('an address of which nobody says where it leads is a network error after five seconds', async () => {
  const answer = leadOn(ADDRESS);
  const settled = vi.fn();
  void answer.then(settled);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect((await answer).type).toBe('error');
});

test('an answer that is no address is a network error', async () => {
  sayWhere(ADDRESS, { href: DESTINATION });
  expect((await leadOn(ADDRESS)).type).toBe('error');
});
