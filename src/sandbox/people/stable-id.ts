import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id like Auth0's that is the same at every start: letters and digits from a name's hash. */
export const stableId = (name: string, length: number): string =>
  [...createHash('sha512').update(name).digest()]
    .slice(0, length)
    .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join('');

/** A stable id of lower-case hexadecimal digits, as `user_id`s have. */
export const stableHexId = (name: string, length: number): string =>
  createHash('sha512').update(name).digest('hex').slice(0, length);
