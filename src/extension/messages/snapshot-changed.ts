import { declareMessage, nothingSchema } from './message-declaration.ts';
import { snapshotSchema } from './snapshot.ts';

/** The worker tells open views that something changed. */
export const snapshotChanged = declareMessage(
  'snapshot_changed',
  'worker',
  snapshotSchema,
  nothingSchema,
);
