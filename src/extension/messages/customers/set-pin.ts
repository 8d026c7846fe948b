import * as z from 'zod/mini';
import { customerIdSchema, targetAppIdSchema } from '../../../contract/ids.ts';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Pins a pair of customer and app to the top of the recent list, or unpins it. */
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
