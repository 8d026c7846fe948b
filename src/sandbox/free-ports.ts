import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Systems take ports for outgoing connections from above: Linux from 32768 on. */
const FIRST_PORT = 20_000;
const BLOCK_SIZE = 16;
const BLOCKS = 768;

const open = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const close = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()));

/**
 * That many different ports of 127.0.0.1 which nobody uses. They come from a block whose first port stays
 * open until this process ends, so that no other sandbox takes them before they are listened on.
 *
 * @throws {RangeError} when more are wanted than a block has.
 */
export const freePorts = async (count: number): Promise<number[]> => {
  if (count >= BLOCK_SIZE) {
    throw new RangeError(`At most ${BLOCK_SIZE - 1} ports can be had.`);
  }
  for (;;) {
    const claimed = FIRST_PORT + randomInt(BLOCKS) * BLOCK_SIZE;
    const claim = await open(claimed);
    if (!claim) {
      continue;
    }
    claim.unref();
    const ports = Array.from({ length: count }, (_, index) => claimed + 1 + index);
    const servers = await Promise.all(ports.map(open));
    await Promise.all(servers.map(close));
    if (!servers.includes(undefined)) {
      return ports;
    }
    await close(claim);
  }
};
