import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { endVerdictSchema } from '../launch/launch-status.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Signs out a session that may be left from before a browser restart. Needs nobody to be signed in. */
export const signOutLeftover = declareMessage(
  'sign_out_leftover',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  z.object({ verdict: endVerdictSchema }),
);
