import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from './message-declaration.ts';

/** Looks the subject up again after that failed. */
export const retrySubject = declareMessage(
  'retry_subject',
  'extension_page',
  z.strictObject({ id: z.uuid() }),
  nothingSchema,
);
