import * as z from 'zod/mini';
import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Opens the browser's page for changing shortcuts; `opened` is false where only the agent can. */
export const openShortcutSettings = declareMessage(
  'open_shortcut_settings',
  'extension_page',
  nothingSchema,
  z.object({ opened: z.boolean() }),
);
