import { createHash, createHmac } from 'node:crypto';

/**
 * The formats of rows, written into every row. All are hashed alike. In format 1 the agent's id stands in the
 * content; in format 2, which new rows have, it is committed to like every other personal value.
 */
export const HASH_VERSIONS: readonly number[] = [1, 2];

/** The hash that the first row names as that of its predecessor. */
export const GENESIS_HASH = '0'.repeat(64);

/** What of a row is hashed. `recordedAt` is database time, ISO 8601 UTC with microseconds. */
export type HashedRow = {
  readonly hashVersion: number;
  readonly seq: number;
  readonly recordedAt: string;
  readonly previousHash: string;
  readonly content: string;
};

/** What of a row is hashed, by the chain and by the tree: version, number, time, the previous row's hash, and content, a line each. */
export const hashedText = (row: HashedRow): string =>
  `${row.hashVersion}\n${row.seq}\n${row.recordedAt}\n${row.previousHash}\n${row.content}`;

/**
 * The hash of a row, in hex: SHA-256 over {@link hashedText}. The database makes the same hash in a trigger (see `migrations/`); that both agree is
 * what verification rests on.
 */
export const hashRow = (row: HashedRow): string =>
  createHash('sha256').update(hashedText(row)).digest('hex');

/**
 * The commitment that stands for a personal value in a row's content: the value can be erased later, the
 * row keeps its hash. The salt is the key, so no other split of the same text gives the same commitment.
 * @see RFC 2104
 */
export const commitment = (salt: string, value: string): string =>
  createHmac('sha256', salt).update(value).digest('hex');
