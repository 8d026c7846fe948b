import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { launchStatusSchema } from '../launch/launch-status.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** The agent stops acting: signs out of the app and of its login domain. */
export const endSession = declareMessage(
  'end_session',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  launchStatusSchema,
);
