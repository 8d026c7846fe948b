import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Brings the tab of a session to the front; `focused` is false when the tab is gone. */
export const focusSession = declareMessage(
  'focus_session',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  z.object({ focused: z.boolean() }),
);
