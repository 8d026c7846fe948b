import * as z from 'zod/mini';
import { declareMessage } from './message-declaration.ts';

/** A view takes the subject over, or puts it away; `taken` is true for the first that asks. */
export const takeSubject = declareMessage(
  'take_subject',
  'extension_page',
  z.strictObject({ id: z.uuid() }),
  z.object({ taken: z.boolean() }),
);
