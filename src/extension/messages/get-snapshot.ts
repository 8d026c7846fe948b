import { declareMessage, nothingSchema } from './message-declaration.ts';
import { snapshotSchema } from './snapshot.ts';

/** A view opened: gives all that it needs to draw itself, and makes the worker renew what will be needed next. */
export const getSnapshot = declareMessage(
  'get_snapshot',
  'extension_page',
  nothingSchema,
  snapshotSchema,
);
