import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  request as requestOverHttp,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

/** What goes wrong with one exchange, and how often of a hundred. */
const FAULTS = {
  none: 64,
  /** Up to two seconds late. */
  slow: 12,
  /** Never answered: the backend gives up after ten seconds. */
  silent: 1,
  /** 503, and the tenant was not asked. */
  refused: 5,
  /** The connection is cut, and the tenant was not asked. */
  cut_before: 3,
  /** The tenant issued a token, and the connection is cut in the middle of its answer. */
  cut_after: 4,
  /** The tenant issued a token, and what stands between answers 502. */
  failed_after: 4,
  /** The tenant issued a token, and its answer with status 200 is no JSON. */
  malformed: 2,
  /** The tenant issued a token, and the answer has a token of another kind. */
  another_kind: 2,
  /** The tenant issued a token, and the answer has one that nobody issued. */
  invented: 1,
  /** The tenant issued a token, and the answer has the one of another launch. */
  foreign: 2,
} as const;
export type Fault = keyof typeof FAULTS;

/** One exchange, as the wire saw it. */
export type Exchange = {
  readonly launchId: string;
  readonly fault: Fault;
  readonly arrivedAt: number;
  /** The token that the tenant issued for this launch. */
  readonly issued: string | undefined;
  /** The token that the answer had, whoever issued it. */
  readonly given: string | undefined;
};

/** What stands between the backend and the tenant. */
export type FaultyTenant = {
  /** Environment variables that lead a process's calls through here, but for those to the Management API. */
  readonly environment: Record<string, string>;
  readonly exchanges: readonly Exchange[];
  readonly close: () => Promise<void>;
};

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const LONGEST_DELAY_MILLISECONDS = 2_000;

type Answer = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
};

/** Passes a request on as it came. */
const forward = (incoming: IncomingMessage, url: URL, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method, headers } = incoming;
    const asking = requestOverHttp(
      { host: '127.0.0.1', port: url.port, method, path: url.pathname + url.search, headers },
      (response) => {
        buffer(response).then(
          (text) =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          reject,
        );
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });

/** The launch that an exchange is for; `undefined` for any other request. */
const launchOf = (body: string): string | undefined => {
  const form = new URLSearchParams(body);
  const subjectToken = form.get('subject_token');
  return form.get('grant_type') === EXCHANGE && subjectToken
    ? decodeJwt(subjectToken).jti
    : undefined;
};

const tokenIn = ({ status, body }: Answer): string | undefined =>
  status === 200 ? String(JSON.parse(body.toString()).access_token) : undefined;

/** An answer of which some fields are others. */
const withChanges = (answer: Answer, changes: Readonly<Record<string, string>>): Answer => {
  const { 'content-length': _length, ...headers } = answer.headers;
  const body = { ...JSON.parse(answer.body.toString()), ...changes };
  return { ...answer, headers, body: Buffer.from(JSON.stringify(body)) };
};

const send = (outgoing: ServerResponse, { status, headers, body }: Answer): void => {
  outgoing.writeHead(status, headers).end(body);
};

type Wire = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse };

/** What is done instead of asking the tenant. */
const UNASKED: Partial<Record<Fault, (wire: Wire) => void>> = {
  silent: () => undefined,
  refused: ({ outgoing }) => outgoing.writeHead(503).end(),
  cut_before: ({ incoming }) => incoming.destroy(),
};

/** What is done with the answer that has a token; gives the token that the backend is told. */
const DISTORTED: Partial<
  Record<Fault, (wire: Wire, answer: Answer, lost: string | undefined) => string | undefined>
> = {
  cut_after: ({ incoming, outgoing }, { headers, body }) => {
    outgoing.writeHead(200, headers).write(body.subarray(0, 20));
    setImmediate(() => incoming.destroy());
    return undefined;
  },
  failed_after: ({ outgoing }) => {
    outgoing.writeHead(502).end('<html>Bad gateway</html>');
    return undefined;
  },
  malformed: ({ outgoing }, { body }) => {
    outgoing.writeHead(200).end(body.subarray(0, -2));
    return undefined;
  },
  another_kind: ({ outgoing }, answer) => {
    const issued_token_type = 'urn:ietf:params:oauth:token-type:access_token';
    send(outgoing, withChanges(answer, { issued_token_type }));
    return undefined;
  },
  invented: ({ outgoing }, answer) => {
    const access_token = randomBytes(32).toString('base64url');
    send(outgoing, withChanges(answer, { access_token }));
    return access_token;
  },
  foreign: ({ outgoing }, answer, lost) => {
    const access_token = lost ?? randomBytes(32).toString('base64url');
    send(outgoing, withChanges(answer, { access_token }));
    return access_token;
  },
};

/**
 * A proxy before the tenant's token endpoint that is slow, broken and lying at random for exchanges; anything else
 * passes unchanged. The nth exchange meets the nth fault. A process sends its calls through it as any company's process
 * does through an outgoing proxy.
 */
export const startFaultyTenant = async (
  { tenant }: Pick<Endpoints, 'tenant'>,
  random: () => number,
): Promise<FaultyTenant> => {
  const exchanges: Exchange[] = [];
  const open = new Set<Socket>();

  const faultAt = (share: number): Fault => {
    let left = share * Object.values(FAULTS).reduce((sum, weight) => sum + weight, 0);
    for (const [fault, weight] of Object.entries(FAULTS)) {
      left -= weight;
      if (left < 0) {
        return fault as Fault;
      }
    }
    return 'none';
  };

  /** A token that the tenant issued for another launch and that its agent never got. */
  const lostToken = (): string | undefined =>
    exchanges.findLast(({ issued, given }) => issued !== undefined && given === undefined)?.issued;

  const exchange = async (
    launchId: string,
    ask: () => Promise<Answer>,
    wire: Wire,
  ): Promise<void> => {
    const arrivedAt = Date.now();
    const fault = faultAt(random());
    const lateness = random() * LONGEST_DELAY_MILLISECONDS;
    const noted = { launchId, fault, arrivedAt, issued: undefined, given: undefined };
    const instead = UNASKED[fault];
    if (instead) {
      exchanges.push(noted);
      instead(wire);
      return;
    }
    if (fault === 'slow') {
      await delay(lateness);
    }
    const answer = await ask();
    const issued = tokenIn(answer);
    const distort = DISTORTED[fault];
    if (issued !== undefined && distort) {
      exchanges.push({ ...noted, issued, given: distort(wire, answer, lostToken()) });
      return;
    }
    exchanges.push({ ...noted, issued, given: issued });
    send(wire.outgoing, answer);
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '', `http://${incoming.headers.host}`);
    const body = await buffer(incoming);
    const ask = () => forward(incoming, url, body);
    const launchId = launchOf(body.toString());
    if (launchId === undefined) {
      send(outgoing, await ask());
      return;
    }
    await exchange(launchId, ask, { incoming, outgoing });
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.destroy());
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  // What comes through a tunnel is HTTP as well: the tenant's domains for people are on http here.
  server.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.emit('connection', socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const management = new URL(tenant.https).host;
  return {
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: origin,
      http_proxy: origin,
      NO_PROXY: management,
      no_proxy: management,
    },
    exchanges,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) {
        socket.destroy();
      }
      await closed;
    },
  };
};
