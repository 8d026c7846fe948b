import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Looks the prefill up again after that failed. */
export const retryPrefill = declareMessage(
  'retry_prefill',
  'extension_page',
  z.strictObject({ id: z.uuid() }),
  nothingSchema,
);
