import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from '../../../src/sandbox/free-ports.ts';

it('gives as many different ports as were asked for', async () => {
  expect(new Set(await freePorts(7)).size).toBe(7);
});

it('gives nobody else the ports that it gave before, though nobody listens on them yet', async () => {
  const given = await Promise.all(Array.from({ length: 20 }, () => freePorts(7)));
  expect(new Set(given.flat()).size).toBe(140);
});

it('gives ports below those that systems use for outgoing connections', async () => {
  expect(Math.max(...(await freePorts(15)))).toBeLessThan(32_768);
});

it('gives ports that can be listened on', async () => {
  const [port] = await freePorts(1);
  const server = createServer();
  const listens = new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  expect(await listens).toBe(true);
  server.close();
});

it('refuses to give more ports than a block has', async () => {
  await expect(freePorts(16)).rejects.toThrow('At most 15 ports can be had.');
});
