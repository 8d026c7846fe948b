import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

/** An app at its own address, which can be away for a while. */
export type AppServer = {
  isRunning: () => boolean;
  /** Settles when the address takes connections, or refuses them. */
  setRunning: (running: boolean) => Promise<void>;
  close: () => Promise<void>;
};

/** Serves a request handler on a port of 127.0.0.1, for its own host name only. */
export const serveApp = async (
  origin: string,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AppServer> => {
  const { host, port } = new URL(origin);
  const server = createServer((request, response) => {
    if (request.headers.host === host) {
      handler(request, response);
      return;
    }
    response.writeHead(421, { 'Content-Type': 'text/plain' }).end('Not a host of this app.');
  });
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(Number(port), '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen();
  return {
    isRunning: () => server.listening,
    setRunning: async (running) => {
      if (running !== server.listening) {
        await (running ? listen() : close());
      }
    },
    close,
  };
};
