import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Frontier } from './merkle.ts';
import { writeDurably } from './write-durably.ts';

const hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const stateSchema = z.strictObject({
  size: z.int(),
  subtrees: z.array(hex),
  /** The hash of the chain's row `size`. */
  head: hex,
  /** The last checkpoint as it was signed; absent until the first one after a new beginning. */
  note: z.optional(z.string()),
  /** When an operator said that the ledger goes on from a backup: checkpoints signed before count no more. */
  resumedAt: z.optional(z.iso.datetime()),
});

/** What the signer signed last, and what it needs to go on from there. */
export type SignerState = {
  readonly frontier: Frontier;
  readonly head: string;
  readonly note?: string;
  readonly resumedAt?: Date;
};

/** The signer's file cannot be read as one, and must not be taken for missing. */
export class SignerStateError extends Error {
  override readonly name = 'SignerStateError';
}

/** Keeps the signer's state where the database's owner cannot reach it. */
export type SignerStateFile = {
  /** `undefined` where nothing was signed yet. @throws {SignerStateError} */
  readonly read: () => Promise<SignerState | undefined>;
  /** Resolves when the state is on disk; the one before stays until then. */
  readonly write: (state: SignerState) => Promise<void>;
};

/** Makes the store in a file. */
export const createSignerStateFile = (path: string): SignerStateFile => ({
  read: async () => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw new SignerStateError(`${path} cannot be read.`, { cause });
    }
    try {
      const { size, subtrees, head, note, resumedAt } = stateSchema.parse(JSON.parse(text));
      return {
        frontier: { size, subtrees: subtrees.map((hash) => Buffer.from(hash, 'hex')) },
        head,
        ...(note !== undefined && { note }),
        ...(resumedAt !== undefined && { resumedAt: new Date(resumedAt) }),
      };
    } catch (cause) {
      throw new SignerStateError(`${path} is no state of a signer.`, { cause });
    }
  },
  write: async ({ frontier, head, note, resumedAt }) => {
    const text = JSON.stringify({
      size: frontier.size,
      subtrees: frontier.subtrees.map((hash) => hash.toString('hex')),
      head,
      note,
      resumedAt: resumedAt?.toISOString(),
    });
    await writeDurably(path, text, 0o600);
  },
});
