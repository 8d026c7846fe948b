import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent wants to sign out. Always signs out here; says what the issuer did not confirm. */
export const signOut = declareMessage(
  'sign_out',
  'extension_page',
  nothingSchema,
  z.object({ revoked: z.boolean(), webSessionEnded: z.boolean() }),
);
