import * as z from 'zod/mini';
import { launchIdSchema } from '../../../contract/ids.ts';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent has seen how a launch went; an active session stays in the list. */
export const dismissLaunch = declareMessage(
  'dismiss_launch',
  'extension_page',
  z.strictObject({ launchId: launchIdSchema }),
  nothingSchema,
);
