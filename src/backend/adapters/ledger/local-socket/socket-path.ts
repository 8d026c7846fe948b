import { join } from 'node:path';

/** What a system call can name, with the byte that ends it: `sun_path` of Linux, less what BSD and macOS lack. */
const LONGEST_BYTES = 103;

/**
 * The socket beside an embedded ledger's database, over which its backend lets the owner of the folder read; `undefined` where
 * the path is too long for a socket, or the system has none.
 */
export const socketPathOf = (dataFolder: string): string | undefined => {
  const path = join(dataFolder, 'ledger.sock');
  const isPossible = process.platform !== 'win32' && Buffer.byteLength(path) <= LONGEST_BYTES;
  return isPossible ? path : undefined;
};

/** What can be asked over the socket: lines to `GET`, and to `POST` a reading that is to be a row. */
export const QUESTIONS = {
  rows: '/rows',
  launchPages: '/launch-pages',
  readings: '/readings',
} as const;

/** The last line of an answer that was not cut. */
export const LAST_LINE = '{"complete":true}';
