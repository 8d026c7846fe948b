import * as z from 'zod/mini';
import { parseCanonicalJson } from './canonical-json.ts';

const contentSchema = z.looseObject({
  type: z.optional(z.string()),
  /** Field names to commitments, see `hash-chain.ts`. */
  commitments: z.record(z.string(), z.string()),
});

/** The parsed content of a row: the part of it that is hashed. */
export type RowContent = z.infer<typeof contentSchema>;

/** Reads the text that a row hashes; `undefined` when it is not the JSON that the ledger writes. */
export const readContent = (content: string): RowContent | undefined =>
  contentSchema.safeParse(parseCanonicalJson(content)).data;

const erasureSchema = z.object({
  type: z.literal('personal_erased'),
  erased: z.array(z.strictObject({ seq: z.int(), fields: z.array(z.string()) })),
});

/** A personal value: the row that commits to it, and its field. */
export type ErasedValue = { readonly seq: number; readonly field: string };

/**
 * The personal values that a row says were erased: none for most rows, `undefined` for one that cannot be
 * read. An erasure is a row of type `personal_erased` with `erased: [{seq, fields}]`; it repeats no value.
 */
export const erasuresOf = (content: RowContent): readonly ErasedValue[] | undefined =>
  content.type === 'personal_erased'
    ? erasureSchema
        .safeParse(content)
        .data?.erased.flatMap(({ seq, fields }) => fields.map((field) => ({ seq, field })))
    : [];
