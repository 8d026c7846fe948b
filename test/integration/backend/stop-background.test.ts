import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createAgentClient, signIn } from '../launch/agent-client.ts';
import { type BackendProcess, spawnBackend, untilReady } from './backend-process.ts';

const endpoints = workerEndpoints();

/** The way to the Management API: a tunnel, which a test can block for what comes after. */
const startTunnel = async () => {
  const open = new Set<Socket>();
  let isBlocked = false;
  let blocked = 0;
  const server = createServer();
  server.on('connect', ({ url = '' }, client: Socket) => {
    open.add(client);
    client.on('error', () => client.destroy());
    if (isBlocked) {
      blocked += 1;
      return;
    }
    const upstream = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    block: () => {
      isBlocked = true;
    },
    blocked: () => blocked,
    close: () => {
      for (const socket of open) {
        socket.destroy();
      }
      server.close();
    },
  };
};

let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let backend: BackendProcess;
const start = async (): Promise<void> => {
  const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: tunnel.origin, NO_PROXY: '' };
  backend = await spawnBackend(endpoints, 'stop-background', undefined, environment);
};
const stop = (): Promise<number | null> => {
  backend.child.kill('SIGTERM');
  return backend.exited;
};

beforeAll(async () => {
  tunnel = await startTunnel();
});
afterAll(async () => {
  await stop();
  tunnel.close();
});

it('a backend that is told to stop gives up what it asks the tenant in the background before it closes the ledger', async () => {
  await start();
  await untilReady(backend);
  const tokens = await signIn(endpoints, endpoints.accounts.agent);
  const { status } = await createAgentClient({ backend: backend.origin }, tokens).launch({
    customerId: endpoints.accounts.customer.id,
    targetAppId: endpoints.targetApps[0]?.id,
  });
  expect(status).toBe(201);
  expect(await stop()).toBe(0);

  tunnel.block();
  await start();
  // When a backend starts it asks whether the agent of the launch still has the right to it.
  await expect.poll(() => backend.output()).toContain('"listening"');
  await expect.poll(tunnel.blocked).toBeGreaterThan(1);
  const toldAt = Date.now();
  expect(await stop()).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
  const events = [...backend.output().matchAll(/"event":"(\w+)"/g)].map(([, event]) => event);
  expect(events.at(-1)).toBe('stopped');
  expect(events).toContain('revocation_not_checked');
  expect(backend.output()).not.toContain('LedgerUnavailableError');
});
