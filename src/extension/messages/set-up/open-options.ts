import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Opens the options page. */
export const openOptions = declareMessage(
  'open_options',
  'extension_page',
  nothingSchema,
  nothingSchema,
);
