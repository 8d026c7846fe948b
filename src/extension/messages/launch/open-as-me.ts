import * as z from 'zod/mini';
import { targetAppIdSchema } from '../../../contract/ids.ts';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent wants an app as themselves, without signing in again. */
export const openAsMe = declareMessage(
  'open_as_me',
  'extension_page',
  z.strictObject({ targetAppId: targetAppIdSchema }),
  nothingSchema,
);
