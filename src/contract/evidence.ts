import * as z from 'zod/mini';
import { customerIdSchema } from './ids.ts';

/** One row of the ledger in an evidence pack. All hashes are base64. */
export const evidenceRowSchema = z.strictObject({
  /** Position among the tree's leaves; the row's number is one more. */
  index: z.int(),
  /** The exact text that the leaf hashes; absent where it would name an agent who is not to be named. */
  text: z.optional(z.string()),
  /** The leaf's hash, where the text is absent. */
  leaf: z.optional(z.string()),
  /** Values that the text commits to, with the salts of the commitments. */
  personal: z.array(z.strictObject({ field: z.string(), salt: z.string(), value: z.string() })),
  /** What stands for the agents whom the row commits to, by field: the same in every pack. Nothing proves it. */
  pseudonyms: z.record(z.string(), z.string()),
  proof: z.array(z.string()),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

/**
 * What the ledger has about one customer, with the proofs that it is in the ledger. It proves what it holds; it
 * cannot prove that no row was left out.
 */
export const evidencePackSchema = z.strictObject({
  format: z.literal('understudy-evidence-1'),
  customerId: customerIdSchema,
  /** The earliest time that launches were looked for. */
  since: z.iso.datetime(),
  madeAt: z.iso.datetime(),
  /** Names of the apps, by their ids. Nothing proves them. */
  apps: z.record(z.string(), z.string()),
  checkpoint: z.string(),
  rows: z.array(evidenceRowSchema),
});
export type EvidencePack = z.infer<typeof evidencePackSchema>;
