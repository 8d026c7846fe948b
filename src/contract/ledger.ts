import * as z from 'zod/mini';

/**
 * One row of the ledger. `content` is the exact text that was hashed, `recordedAt` database time with
 * microseconds (ISO 8601, UTC), `personal` the personal values that were not erased, with the salts of
 * their commitments in `content`. A row with any other key is not one of the ledger's.
 */
export const ledgerRowSchema = z.strictObject({
  seq: z.int(),
  hashVersion: z.int(),
  recordedAt: z.string(),
  content: z.string(),
  previousHash: z.string(),
  hash: z.string(),
  personal: z.array(z.strictObject({ field: z.string(), salt: z.string(), value: z.string() })),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

/**
 * `GET /v1/ledger/checkpoint`. `checkpoint` is a signed note (C2SP tlog-checkpoint) and `key` verifies it (name, id
 * and key, joined by plus signs); take the key from there once, and keep it. `consistency` has base64 hashes in the order
 * of RFC 6962 §2.1.2, where it was asked for.
 */
export const signedCheckpointSchema = z.object({
  checkpoint: z.string(),
  key: z.string(),
  consistency: z.optional(z.array(z.string())),
});
