import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestError } from '@hono/node-server';
import { type Refusal, refuse } from '../refusal.ts';
import { problemDocument } from './problem-response.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const answerWith = (status: number, refusal: Refusal): Answer => {
  const body = JSON.stringify(problemDocument(refusal, status, randomUUID()));
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  return { status, headers, body };
};

const unreadable = (status: number, detail: string): Answer =>
  answerWith(status, refuse('invalid_request', detail));

/** Status and detail by the code of Node's parser error; any other code means a malformed request. */
const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The address and the headers of the request are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request is larger than 64 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};
const MALFORMED = [400, 'The request is not HTTP as this server reads it.'] as const;

/** Answers on a connection whose request Node could not read, and closes it, also where the client does not. */
const answerAndClose = (socket: Duplex, { status, headers, body }: Answer): void => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  );
};

/**
 * Answers what Node's parser refused with a problem document, as every other refusal. Nothing is written into an
 * answer that is under way on the connection.
 */
export const answerParserError = (
  error: NodeJS.ErrnoException,
  socket: Duplex,
  latest: ServerResponse | undefined,
): void => {
  const isAnswering = latest?.headersSent === true && !latest.writableFinished;
  if (!socket.writable || isAnswering) {
    socket.destroy();
    return;
  }
  const [status, detail] = ANSWERS[error.code ?? ''] ?? MALFORMED;
  answerAndClose(socket, unreadable(status, detail));
};

/** Refuses to be a proxy. */
export const refuseTunnel = (socket: Duplex): void =>
  answerAndClose(socket, unreadable(400, 'This server is no proxy.'));

const refuseRequest = (outgoing: ServerResponse, status: number, detail: string): void => {
  const { headers, body } = unreadable(status, detail);
  outgoing.writeHead(status, headers).end(body);
};

/** Refuses an `Expect` header that asks for anything but `100-continue`. @see RFC 9110 §10.1.1 */
export const refuseExpectation = (outgoing: ServerResponse): void =>
  refuseRequest(outgoing, 417, 'What the request expects is not offered.');

/** Refuses a request of HTTP/1.1 that names no host. @see RFC 9112 §3.2 */
export const refuseWithoutHost = (outgoing: ServerResponse): void =>
  refuseRequest(outgoing, 400, 'The request names no host.');

/** Answers a request that Node's parser accepts and the adapter refuses, such as one of HTTP/1.0 without a host. */
export const answerRequestError = (error: unknown): Response => {
  const { status, headers, body } =
    error instanceof RequestError
      ? unreadable(...MALFORMED)
      : answerWith(500, refuse('internal', 'The request could not be served.'));
  return new Response(body, { status, headers });
};
