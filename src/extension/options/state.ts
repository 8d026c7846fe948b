import type * as z from 'zod/mini';
import { ask } from '../messages/ask.ts';
import { getInstallation } from '../messages/get-installation.ts';
import { getSnapshot } from '../messages/get-snapshot.ts';
import { onSnapshotChanged } from '../messages/listen.ts';
import type { Snapshot } from '../messages/snapshot.ts';

/** The backend in use, as the worker has it. */
export type BackendInUse = Snapshot['backend'];

/** What a platform engineer needs to know of this installation. */
export type InstallationValues = Extract<
  z.infer<typeof getInstallation.reply>,
  { ok: true }
>['value'];

/** What the options page shows. */
export type OptionsState = {
  readonly backend: BackendInUse;
  readonly installation: InstallationValues | undefined;
};

/** Gets what the page shows, and calls back with it now and whenever it changes. */
export const watchState = async (show: (state: OptionsState) => void): Promise<void> => {
  const [snapshot, installed] = await Promise.all([ask(getSnapshot, {}), ask(getInstallation, {})]);
  const installation = installed.ok ? installed.value : undefined;
  show({ backend: snapshot.ok ? snapshot.value.backend : { managed: false }, installation });
  onSnapshotChanged(({ backend }) => show({ backend, installation }));
};
