import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** What a platform engineer enters in the tenant and in the backend's configuration for this installation. */
export const getInstallation = declareMessage(
  'get_installation',
  'extension_page',
  nothingSchema,
  z.object({
    extensionId: z.string(),
    origin: z.string(),
    signInUrl: z.string(),
    signOutUrl: z.string(),
    permissions: z.array(z.string()),
  }),
);
