import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { launchStatusSchema } from '../launch/launch-status.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Opens the app again, in the cookie store of a session whose tab was closed. */
export const reopenSession = declareMessage(
  'reopen_session',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  launchStatusSchema,
);
