import * as z from 'zod/mini';
import { declareMessage } from '../wire/message-declaration.ts';

/** A view takes over the prefill, or discards it; `taken` is true only for the first view that asks. */
export const takePrefill = declareMessage(
  'take_prefill',
  'extension_page',
  z.strictObject({ id: z.uuid() }),
  z.object({ taken: z.boolean() }),
);
