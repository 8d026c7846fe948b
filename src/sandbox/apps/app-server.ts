import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

export type AppServer = { close: () => Promise<void> };

/** Serves a request handler on a port of 127.0.0.1, for its own host name only. */
export const serveApp = (
  origin: string,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AppServer> => {
  const { host, port } = new URL(origin);
  const server: Server = createServer((request, response) => {
    if (request.headers.host === host) {
      handler(request, response);
      return;
    }
    response.writeHead(421, { 'Content-Type': 'text/plain' }).end('Not a host of this app.');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), '127.0.0.1', () =>
      resolve({
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      }),
    );
  });
};
