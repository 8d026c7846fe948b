import * as z from 'zod/mini';
import { declareMessage } from '../wire/message-declaration.ts';

/** The agent typed the backend's address. Saving another one than before signs out. */
export const saveBackend = declareMessage(
  'save_backend',
  'extension_page',
  z.strictObject({ address: z.string().check(z.maxLength(2000)) }),
  z.object({ origin: z.string(), issuer: z.string() }),
);
