import { snapshotSchema } from './snapshot.ts';
import { declareMessage, nothingSchema } from './wire/message-declaration.ts';

/** A view opened: gives all that it needs to draw itself, and makes the worker renew what will be needed next. */
export const getSnapshot = declareMessage(
  'get_snapshot',
  'extension_page',
  nothingSchema,
  snapshotSchema,
);
