import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent finished the set-up screen; with `declined`, its offers are never made again. */
export const finishSetUp = declareMessage(
  'finish_set_up',
  'extension_page',
  z.strictObject({ declined: z.boolean() }),
  nothingSchema,
);
