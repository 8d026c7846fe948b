import { extensionBaseUrl, extensionId, onMessage } from '../browser/runtime.ts';
import { envelopeSchema } from './message-declaration.ts';
import { done } from './outcome.ts';
import { isOwnContext } from './sender-check.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotChanged } from './snapshot-changed.ts';

/** Calls back with each new snapshot that the worker sends to open views. */
export const onSnapshotChanged = (listener: (snapshot: Snapshot) => void): void => {
  const own = { id: extensionId(), baseUrl: extensionBaseUrl() };
  onMessage((message, sender) => {
    if (!isOwnContext(sender, own)) return undefined;
    const envelope = envelopeSchema.safeParse(message);
    if (!envelope.success || envelope.data.name !== snapshotChanged.name) return undefined;
    const snapshot = snapshotChanged.request.safeParse(envelope.data.request);
    if (!snapshot.success) return undefined;
    listener(snapshot.data);
    return Promise.resolve(done({}));
  });
};
