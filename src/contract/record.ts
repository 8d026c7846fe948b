import * as z from 'zod/mini';
import { customerSchema } from './customer.ts';

/** The name of the group in a record pattern that holds the customer's key. */
export const RECORD_KEY_GROUP = 'key';
/** The longest URL of a record that is looked at, in characters. */
export const RECORD_URL_MAX_CHARACTERS = 2_000;

const recordKeySchema = z.enum(['user_id', 'email', 'external_id']);
export type RecordKey = z.infer<typeof recordKeySchema>;

/**
 * How a customer's record is recognised in another system's pages: a URLPattern with a group named
 * `key`, and what that key is. `external_id` is looked up in a field of `app_metadata`.
 */
export const recordPatternSchema = z.object({
  system: z.string(),
  urlPattern: z.string(),
  key: recordKeySchema,
});
export type RecordPattern = z.infer<typeof recordPatternSchema>;

/**
 * `GET /v1/customers/by-record`. `tried` says what was looked for: the kind of key and, for a URL, the
 * system whose pattern it matched. Several customers are never narrowed down to one.
 */
export const recordMatchesSchema = z.object({
  customers: z.array(customerSchema),
  tried: z.object({ key: recordKeySchema, system: z.optional(z.string()) }),
});
export type RecordMatches = z.infer<typeof recordMatchesSchema>;
