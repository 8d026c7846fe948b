import * as z from 'zod/mini';
import { declareMessage } from '../wire/message-declaration.ts';

/** A view takes the prefill over, or puts it away; `taken` is true for the first that asks. */
export const takePrefill = declareMessage(
  'take_prefill',
  'extension_page',
  z.strictObject({ id: z.uuid() }),
  z.object({ taken: z.boolean() }),
);
