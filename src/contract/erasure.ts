import * as z from 'zod/mini';
import { customerIdSchema } from './ids.ts';

/** `POST /v1/erasures`. */
export const erasureRequestSchema = z.strictObject({ customerId: customerIdSchema });

/** The answer: another person confirms it, from that time on. */
export const requestedErasureSchema = z.object({
  id: z.uuid(),
  confirmableFrom: z.iso.datetime(),
});
export type RequestedErasure = z.infer<typeof requestedErasureSchema>;

/** `POST /v1/erasures/{id}/confirm`: how many values are gone, each with its salt. */
export const confirmedErasureSchema = z.object({ id: z.uuid(), erasedValues: z.int() });
export type ConfirmedErasure = z.infer<typeof confirmedErasureSchema>;
