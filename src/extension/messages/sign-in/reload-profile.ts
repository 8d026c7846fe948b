import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** Asks the backend again who the agent is and which apps are open to them. */
export const reloadProfile = declareMessage(
  'reload_profile',
  'extension_page',
  nothingSchema,
  nothingSchema,
);
