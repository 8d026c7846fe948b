import * as z from 'zod/mini';
import { customerIdSchema, launchIdSchema, targetAppIdSchema } from '../../../contract/ids.ts';
import { problemReportSchema } from '../../messages/wire/problem-schema.ts';
import { addressIn, recipientsOf, recordUrlOf, searchTermOf } from './page-text.ts';

/**
 * What the agent chose: addresses of one record, most likely first; an e-mail address; a text; a
 * customer they know; the last launch; a session that they end; or why it was nothing.
 */
export const prefillSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('record'), urls: z.array(z.string()) }),
  z.object({ kind: z.literal('email'), email: z.string() }),
  z.object({ kind: z.literal('search'), text: z.string() }),
  z.object({
    kind: z.literal('customer'),
    customerId: customerIdSchema,
    targetAppId: z.optional(targetAppIdSchema),
  }),
  z.object({ kind: z.literal('last_launch') }),
  z.object({ kind: z.literal('launch'), launchId: launchIdSchema }),
  z.object({ kind: z.literal('problem'), problem: problemReportSchema }),
]);
export type PrefillSource = z.infer<typeof prefillSourceSchema>;

/** A page, by its addresses: the frame that was clicked in before the page around it. */
export const pageSource = (...addresses: readonly (string | undefined)[]): PrefillSource => ({
  kind: 'record',
  urls: [...new Set(addresses.flatMap((address) => recordUrlOf(address) ?? []))],
});

/** A text: the only e-mail address in it, else the text as a search term. */
export const textSource = (text: string): PrefillSource => {
  const email = addressIn(text);
  return email === undefined
    ? { kind: 'search', text: searchTermOf(text) }
    : { kind: 'email', email };
};

/** A link: the recipient of a mail, else the record that it leads to. */
export const linkSource = (link: string): PrefillSource => {
  const recipients = recipientsOf(link);
  return recipients === undefined ? pageSource(link) : textSource(recipients);
};
