import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The keyboard commands with the keys that are bound to them now; empty keys where there are none. */
export const getShortcuts = declareMessage(
  'get_shortcuts',
  'extension_page',
  nothingSchema,
  z.object({
    shortcuts: z.array(z.object({ name: z.string(), description: z.string(), keys: z.string() })),
  }),
);
