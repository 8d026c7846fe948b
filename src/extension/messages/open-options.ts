import { declareMessage, nothingSchema } from './message-declaration.ts';

/** Opens the options page. */
export const openOptions = declareMessage(
  'open_options',
  'extension_page',
  nothingSchema,
  nothingSchema,
);
