import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { declareMessage } from '../wire/message-declaration.ts';
import { launchStatusSchema } from './launch-status.ts';

/** The agent stops a launch whose tab is not open yet. A token that still arrives is thrown away. */
export const cancelLaunch = declareMessage(
  'cancel_launch',
  'extension_page',
  z.strictObject({ id: launchIdSchema }),
  launchStatusSchema,
);
