import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './write-durably.ts';

/** A place that checkpoints are sent to, so that not only this backend has them. */
export type CheckpointSink = {
  readonly name: 'log' | 'folder' | 'webhook' | 'timestamp';
  /**
   * An `anchor` is out of this backend's reach once it was sent; a `note` it could overwrite, so it proves
   * nothing against whoever controls the backend.
   */
  readonly kind: 'note' | 'anchor';
  /** Resolves when the place has it. */
  readonly send: (size: number, note: string) => Promise<void>;
};

/** A sink did not take a checkpoint. */
export class CheckpointSinkError extends Error {
  override readonly name = 'CheckpointSinkError';
}

const TIMEOUT_MILLISECONDS = 10_000;

/** Anybody may read a checkpoint. */
const MODE = 0o644;

/** Prints each checkpoint as a line of the log, from where it is shipped. */
export const createLogSink = (print: (size: number, note: string) => void): CheckpointSink => ({
  name: 'log',
  kind: 'note',
  send: async (size, note) => print(size, note),
});

/** Writes each checkpoint as a file of its own, named by its size, and the newest as `latest`. */
export const createFolderSink = (folder: string): CheckpointSink => ({
  name: 'folder',
  kind: 'note',
  send: async (size, note) => {
    await mkdir(folder, { recursive: true });
    await writeDurably(join(folder, `${size}.checkpoint`), note, MODE);
    await writeDurably(join(folder, 'latest'), note, MODE);
  },
});

const post = async (url: string, contentType: string, body: string | Buffer): Promise<Response> => {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!response.ok) {
    throw new CheckpointSinkError(`The receiver answered ${response.status}.`);
  }
  return response;
};

/** Posts each checkpoint as text to somebody else's system. */
export const createWebhookSink = (url: string): CheckpointSink => ({
  name: 'webhook',
  kind: 'anchor',
  send: async (_size, note) => {
    const response = await post(url, 'text/plain; charset=utf-8', note);
    await response.body?.cancel();
  },
});

/** What stands around a SHA-256 hash in a request for a timestamp that carries its certificates. @see RFC 3161 §2.4.1 */
const REQUEST_START = Buffer.from('30390201013031300d060960864801650304020105000420', 'hex');
const REQUEST_END = Buffer.from('0101ff', 'hex');
/** How an answer goes on behind its length: the status "granted", alone or with more. @see RFC 3161 §2.4.2 */
const GRANTED = /^3082.{4}30[0-9a-f]{2}02010[01]/;

/**
 * Has an authority sign when each checkpoint existed, and keeps its answer as `<size>.tsr` beside the checkpoint.
 * Whether the answer is genuine is for whoever relies on it to check, with the authority's certificate:
 * `openssl ts -verify`.
 */
export const createTimestampSink = (url: string, folder: string): CheckpointSink => ({
  name: 'timestamp',
  kind: 'anchor',
  send: async (size, note) => {
    const digest = createHash('sha256').update(note).digest();
    const request = Buffer.concat([REQUEST_START, digest, REQUEST_END]);
    const response = await post(url, 'application/timestamp-query', request);
    const answer = Buffer.from(await response.arrayBuffer());
    if (!GRANTED.test(answer.toString('hex')) || !answer.includes(digest)) {
      throw new CheckpointSinkError('The authority gave no timestamp of this checkpoint.');
    }
    await mkdir(folder, { recursive: true });
    await writeDurably(join(folder, `${size}.tsr`), answer, MODE);
  },
});
