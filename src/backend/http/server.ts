import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import {
  answerParserError,
  answerRequestError,
  refuseExpectation,
  refuseTunnel,
  refuseWithoutHost,
} from './unreadable-request.ts';

/** How long a client may take, in milliseconds. */
export type ConnectionTimeouts = {
  /** For the headers of a request, counted from its first byte: a connection that idles between two requests is not late. */
  readonly headersMilliseconds: number;
  /** For headers and body together, counted likewise. */
  readonly requestMilliseconds: number;
  /** For the next request after an answer. The answer says so (`keep-alive: timeout=…`). */
  readonly keepAliveMilliseconds: number;
};

/** What a server of this backend answers with. */
export type Fetch = Parameters<typeof getRequestListener>[0];

/** A server that listens. */
export type RunningServer = {
  readonly port: number;
  /** Takes no new connection and settles when the last one has ended. Idle ones are closed at once. */
  readonly close: () => Promise<void>;
  /** Ends every connection, whatever is under way on it. */
  readonly closeConnections: () => void;
};

/** How often Node looks for requests that have taken too long, in milliseconds. */
const CHECK_MILLISECONDS = 500;

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

/**
 * Serves over HTTP. A request that is malformed, or that does not arrive in time (408), is answered with a problem
 * document and its connection closed; a connection on which no further request comes is closed without a word.
 * @throws {Error} with the system's code (`EADDRINUSE`, `EACCES`, …) when the address cannot be listened on.
 */
export const listen = async (
  fetch: Fetch,
  at: { readonly host: string; readonly port: number },
  timeouts: ConnectionTimeouts,
): Promise<RunningServer> => {
  const answer = getRequestListener(fetch, {
    hostname: at.host,
    errorHandler: answerRequestError,
  });
  const latest = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(
    {
      headersTimeout: timeouts.headersMilliseconds,
      requestTimeout: timeouts.requestMilliseconds,
      keepAliveTimeout: timeouts.keepAliveMilliseconds,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
      // Node would answer without a body.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      latest.set(incoming.socket, outgoing);
      if (incoming.headers.host === undefined && incoming.httpVersion !== '1.0') {
        refuseWithoutHost(outgoing);
        return;
      }
      // Answers with 500 itself whatever goes wrong.
      answer(incoming, outgoing).catch(() => outgoing.destroy());
    },
  );
  server.on('clientError', (error, socket) => answerParserError(error, socket, latest.get(socket)));
  server.on('connect', (_incoming, socket) => refuseTunnel(socket));
  server.on('checkExpectation', (_incoming, outgoing) => refuseExpectation(outgoing));
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () => closeServer(server),
    closeConnections: () => server.closeAllConnections(),
  };
};
