import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';
import type { SqlLedger } from '../sql-ledger.ts';
import { LAST_LINE, QUESTIONS, socketPathOf } from './socket-path.ts';

const linesOf = async function* (items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) {
    yield `${JSON.stringify(item)}\n`;
  }
  yield `${LAST_LINE}\n`;
};

/** What the socket serves of a ledger. */
export type ServedLedger = Pick<SqlLedger, 'rows' | 'launchPages' | 'record'>;

/** An export that the owner of the folder makes; a longer account name than any system has is none. */
const readingSchema = z.object({
  type: z.literal('ledger_exported'),
  operator: z.string().check(z.maxLength(256)),
  requestId: z.literal('command'),
});
const LONGEST_READING_BYTES = 2_048;

/** Reads a small body; gives nothing of one that is no reading. */
const readingIn = async (request: IncomingMessage) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LONGEST_READING_BYTES) {
      return undefined;
    }
  }
  try {
    return readingSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

const record = async (ledger: ServedLedger, request: IncomingMessage): Promise<number> => {
  const reading = await readingIn(request);
  if (!reading) {
    return 400;
  }
  try {
    await ledger.record(reading);
    return 204;
  } catch {
    return 503;
  }
};

const answer =
  (ledger: ServedLedger): RequestListener =>
  async (request, response) => {
    const { method, url } = request;
    if (method === 'POST' && url === QUESTIONS.readings) {
      response.writeHead(await record(ledger, request)).end();
      return;
    }
    const asked = [
      { at: QUESTIONS.rows, read: () => ledger.rows() },
      { at: QUESTIONS.launchPages, read: () => ledger.launchPages() },
    ].find(({ at }) => at === url);
    if (!asked || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    if (method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await pipeline(Readable.from(linesOf(asked.read())), response);
    } catch {
      // The reader went away, or the ledger did: the answer lacks its last line.
      response.destroy();
    }
  };

/** Binds the socket so that nobody but the owner can ever connect to it. */
const listenAsOwner = async (server: ReturnType<typeof createServer>, path: string) => {
  rmSync(path, { force: true });
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
};

/**
 * Lets the owner of an embedded ledger's folder read it while this process has it open: no other process may open the
 * database. Needs the folder's lock, so that a socket that is there was left behind. Gives how to stop; readers that are in
 * the middle are cut, and see that they were. Where the system, the path or the file system allows no socket, nothing is
 * served: the ledger is worth more than its readers.
 */
export const serveReaders = async (
  dataFolder: string,
  ledger: ServedLedger,
): Promise<() => Promise<void>> => {
  const path = socketPathOf(dataFolder);
  if (path === undefined) {
    return async () => undefined;
  }
  const server = createServer(answer(ledger));
  try {
    await listenAsOwner(server, path);
  } catch {
    return async () => undefined;
  }
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
};
