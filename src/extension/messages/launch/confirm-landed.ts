import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { declareMessage } from '../wire/message-declaration.ts';
import { launchStatusSchema } from './launch-status.ts';

/** "It worked": the agent saw the customer in the tab, where the extension could not look. */
export const confirmLanded = declareMessage(
  'confirm_landed',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  launchStatusSchema,
);
