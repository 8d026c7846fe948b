import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepConnections } from '../../../src/backend/adapters/auth0/kept-connections.ts';

/** Longer than Node itself keeps a connection, in milliseconds. */
const PAUSE = 6_000;

/** A server that, as Auth0, does not say how long it keeps a connection; a call to /break ends one unanswered. */
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  calls.push(`${request.method} ${request.url}`);
  if (request.url === '/break') {
    request.socket.destroy();
    return;
  }
  response.end('{}');
});
const calls: string[] = [];
let connections = 0;
let origin = '';
beforeAll(async () => {
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const started = { env: {}, execArgv: [] };
const connectionsOf = async (send: typeof fetch): Promise<number> => {
  const before = connections;
  await (await send(`${origin}/one`)).text();
  await pause(PAUSE);
  await (await send(`${origin}/two`)).text();
  return connections - before;
};

it('a connection to the tenant is used again after a pause in which Node would have closed it', async () => {
  expect(await connectionsOf(keepConnections(started))).toBe(1);
  expect(await connectionsOf(fetch)).toBe(2);
});

it('a call whose kept connection breaks is not sent a second time', async () => {
  const send = keepConnections(started);
  await (await send(`${origin}/one`)).text();
  await expect(send(`${origin}/break`, { method: 'POST', body: '{}' })).rejects.toThrow(
    'fetch failed',
  );
  expect(calls.filter((call) => call === 'POST /break')).toHaveLength(1);
});

it.each([
  { env: { NODE_USE_ENV_PROXY: '1' }, execArgv: [] },
  { env: { NODE_OPTIONS: '--enable-source-maps --use-env-proxy' }, execArgv: [] },
  { env: {}, execArgv: ['--use-env-proxy'] },
])('calls are left to Node where it sends them through a proxy: %j', (proxied) => {
  expect(keepConnections(proxied)).toBe(fetch);
});
