import { signal } from '@preact/signals';
import type * as z from 'zod/mini';
import { ask } from '../messages/ask.ts';
import { getInstallation } from '../messages/get-installation.ts';
import { getSnapshot } from '../messages/get-snapshot.ts';
import { onSnapshotChanged } from '../messages/listen.ts';
import type { Snapshot } from '../messages/snapshot.ts';

/** The backend in use, as the worker has it. */
export const backend = signal<Snapshot['backend']>({ managed: false });

/** What a platform engineer needs to know of this installation. */
export const installation = signal<
  Extract<z.infer<typeof getInstallation.reply>, { ok: true }>['value'] | undefined
>(undefined);

/** Gets what the page shows and keeps it current. */
export const start = async (): Promise<void> => {
  onSnapshotChanged((snapshot) => {
    backend.value = snapshot.backend;
  });
  const [snapshot, installed] = await Promise.all([ask(getSnapshot, {}), ask(getInstallation, {})]);
  if (snapshot.ok) backend.value = snapshot.value.backend;
  if (installed.ok) installation.value = installed.value;
};
