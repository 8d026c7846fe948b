import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../../src/backend/http/server.ts';
import { problemSchema } from '../../../../src/contract/problem.ts';
import { createAppFixture } from './app-fixture.ts';

const HEAD = [
  'POST /v1/launches HTTP/1.1',
  'host: understudy.example.com',
  'authorization: Bearer sam',
  'content-type: application/json',
  'content-length: 1000',
  '',
  '{"id":',
].join('\r\n');

const KEEP_ALIVE = { keepAliveMilliseconds: 620_000 };
/** A request may take as long to arrive as a busy machine needs. */
const PATIENT = { headersMilliseconds: 60_000, requestMilliseconds: 60_000, ...KEEP_ALIVE };
/** A request that has not arrived within half a second is too late. */
const STRICT = { headersMilliseconds: 500, requestMilliseconds: 500, ...KEEP_ALIVE };

/** The API behind a real server. */
const startServer = async (timeouts = PATIENT) => {
  const fixture = createAppFixture();
  const server = await listen(fixture.app.fetch, { host: '127.0.0.1', port: 0 }, timeouts);
  onTestFinished(() => {
    server.closeConnections();
    return server.close();
  });
  return { ...fixture, server };
};

const openConnection = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString();
  });
  // A server that closes a connection may do so by a reset.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  return { socket, closed, received: () => received };
};

const countedStatuses = async ({ metrics }: ReturnType<typeof createAppFixture>) => {
  const { values } = await metrics.requestSeconds.get();
  return [...new Set(values.map(({ labels }) => labels.status))];
};

/** The problem document that an answer is, of the status that its first line has. */
const problemIn = (received: string) => {
  const [head = '', body = ''] = received.split('\r\n\r\n');
  expect(head).toMatch(/^content-type: application\/problem\+json\r?$/im);
  const problem = problemSchema.parse(JSON.parse(body));
  expect(head.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${problem.status} [A-Z]`));
  return problem;
};

const HOST = 'host: understudy.example.com\r\n';

it.each([
  ['whose headers are too large', `GET / HTTP/1.1\r\n${HOST}x: ${'a'.repeat(20_000)}`, 431],
  ['whose address is too long', `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\n${HOST}`, 431],
  ['of a method that there is not', `FOO / HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['that is no HTTP', '\u0016\u0003\u0001\r\n\r\n', 400],
  ['with bytes outside ASCII in its address', `GET /\u00ff HTTP/1.1\r\n${HOST}\r\n`, 400],
  [
    'with two lengths',
    `GET / HTTP/1.1\r\n${HOST}content-length: 1\r\ncontent-length: 2\r\n\r\n`,
    400,
  ],
  ['of a later version of HTTP', `GET / HTTP/9.9\r\n${HOST}\r\n`, 400],
  ['without a host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['with a host that is none', 'GET / HTTP/1.1\r\nhost: a b@c\r\n\r\n', 400],
  ['with a backslash in its address', `GET \\v1\\me HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['for the server as a whole', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['for a tunnel', `CONNECT example.com:443 HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['that expects what is not offered', `GET / HTTP/1.1\r\n${HOST}expect: tea\r\n\r\n`, 417],
])(
  'a request %s is answered with a problem document, and its connection closed',
  async (...given) => {
    const [, request, status] = given;
    const { server } = await startServer();
    const connection = await openConnection(server.port);
    connection.socket.write(request, 'latin1');
    await connection.closed;
    expect(problemIn(connection.received())).toMatchObject({ status, code: 'invalid_request' });
  },
);

it('what follows a request that is still being answered is not written into its answer', async () => {
  const server = await listen(
    () => new Response(new ReadableStream({ start: (body) => body.enqueue(Buffer.from('row')) })),
    { host: '127.0.0.1', port: 0 },
    PATIENT,
  );
  onTestFinished(() => server.close());
  const connection = await openConnection(server.port);
  connection.socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`);
  await expect.poll(connection.received).toContain('row');
  connection.socket.write('no HTTP\r\n\r\n');
  await connection.closed;
  expect(connection.received()).not.toContain('problem');
});

describe('a request whose body does not arrive', () => {
  it('is answered with 408 in time, and leaves nothing behind', async () => {
    const { server, entries } = await startServer(STRICT);
    const connection = await openConnection(server.port);
    connection.socket.write(HEAD);
    await connection.closed;
    expect(problemIn(connection.received())).toMatchObject({
      status: 408,
      detail: 'The request did not arrive in time.',
    });
    expect(entries).toEqual([]);
  });

  it('because its client has gone is neither an error nor a launch', async () => {
    const fixture = await startServer();
    const connection = await openConnection(fixture.server.port);
    connection.socket.write(HEAD);
    await expect.poll(() => fixture.rate.left).toBe(99);
    connection.socket.destroy();
    await expect.poll(() => countedStatuses(fixture)).toEqual([499]);
    const { values: launches } = await fixture.metrics.launches.get();
    expect(launches.filter(({ value }) => value > 0)).toEqual([]);
    expect(fixture.entries).toEqual([]);
  });
});

describe('a connection that idles between two requests', () => {
  const ask = 'GET /healthz HTTP/1.1\r\nhost: understudy.example.com\r\n\r\n';
  const answersOf = (received: string) => received.match(/HTTP\/1\.1 \d+/g);

  it('is told how long it may idle', async () => {
    const { server } = await startServer();
    const connection = await openConnection(server.port);
    connection.socket.write(ask);
    await expect.poll(connection.received).toMatch(/^keep-alive: timeout=620\r$/im);
  });

  it('may idle for longer than a request may take to arrive', async () => {
    const { server } = await startServer({
      ...STRICT,
      headersMilliseconds: 2_000,
      requestMilliseconds: 2_000,
    });
    const connection = await openConnection(server.port);
    connection.socket.write(ask);
    await expect.poll(() => answersOf(connection.received())).toEqual(['HTTP/1.1 200']);
    // A request that began after that one was answered is too late when this settles.
    const late = await openConnection(server.port);
    late.socket.write(HEAD);
    await late.closed;
    connection.socket.write(ask);
    await expect
      .poll(() => answersOf(connection.received()))
      .toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});

it('an address that is in use is told by its code', async () => {
  const { server, app } = await startServer();
  const again = listen(app.fetch, { host: '127.0.0.1', port: server.port }, PATIENT);
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
