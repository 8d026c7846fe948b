import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent is through the set-up screen; `declined` keeps its offers from being made again. */
export const finishSetUp = declareMessage(
  'finish_set_up',
  'extension_page',
  z.strictObject({ declined: z.boolean() }),
  nothingSchema,
);
