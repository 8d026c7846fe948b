import * as z from 'zod/mini';
import { customerIdSchema, targetAppIdSchema } from '../../../contract/ids.ts';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Keeps a recent pair on top of the list, or lets it go with the others again. */
export const setPin = declareMessage(
  'set_pin',
  'extension_page',
  z.strictObject({
    customerId: customerIdSchema,
    targetAppId: targetAppIdSchema,
    pinned: z.boolean(),
  }),
  nothingSchema,
);
