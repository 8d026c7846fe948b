import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Asks for the titles of a session's tabs. `complete` is false where other tabs of the app cannot be seen. */
export const getSessionTabs = declareMessage(
  'get_session_tabs',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  z.object({ titles: z.array(z.string()), complete: z.boolean() }),
);
