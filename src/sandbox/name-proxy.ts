import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A running proxy; `origin` is what `HTTPS_PROXY` takes. */
export type NameProxy = { origin: string; close: () => Promise<void> };

const HTTPS_PORT = '443';

/**
 * Gives local TLS servers names of the real world: a proxy for `CONNECT` that leads each name, on port 443,
 * to a port of 127.0.0.1, and refuses every other. Node sends its requests through it with
 * `NODE_USE_ENV_PROXY=1` and `HTTPS_PROXY`, so that SDKs which refuse `localhost` run unmodified.
 *
 * @see RFC 9110 §9.3.6
 */
export const startNameProxy = async (
  ports: Readonly<Record<string, number>>,
): Promise<NameProxy> => {
  const server = createServer((_request, response) => {
    response.writeHead(405).end();
  });
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  server.on('connection', keep);
  server.on('connect', ({ url = '' }, client, head) => {
    const [name = '', port] = url.split(':');
    const target = Object.hasOwn(ports, name) && port === HTTPS_PORT ? ports[name] : undefined;
    if (target === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    keep(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) {
        socket.destroy();
      }
      await closed;
    },
  };
};
