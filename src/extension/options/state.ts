import type * as z from 'zod/mini';
import type { TargetApp } from '../../contract/target-app.ts';
import { BUILD, createSnapshotCell } from '../browser/snapshot-cell.ts';
import { inBackground } from '../in-background.ts';
import type { getShortcuts } from '../messages/entry-points/get-shortcuts.ts';
import type { getSnapshot } from '../messages/get-snapshot.ts';
import type { getInstallation } from '../messages/set-up/get-installation.ts';
import type { Snapshot } from '../messages/snapshot.ts';
import { ask } from '../messages/wire/ask.ts';

/** The backend in use, as the worker has it. */
export type BackendInUse = Snapshot['backend'];

/** What the company's policy sets, as the worker has it. */
export type Managed = Snapshot['managed'];

/** What a platform engineer needs to know of this installation. */
export type InstallationValues = Extract<
  z.infer<typeof getInstallation.reply>,
  { ok: true }
>['value'];

/** A keyboard command and its keys. */
export type Shortcut = Extract<
  z.infer<typeof getShortcuts.reply>,
  { ok: true }
>['value']['shortcuts'][number];

/** What the options page shows. */
export type OptionsState = {
  readonly backend: BackendInUse;
  readonly managed: Managed;
  /** The apps that are open to the agent; none before the sign-in. */
  readonly apps: readonly TargetApp[];
  readonly installation: InstallationValues | undefined;
  readonly shortcuts: readonly Shortcut[];
};

const appsOf = ({ profile }: Snapshot): readonly TargetApp[] => profile?.targetApps ?? [];

/** Gets what the page shows, and calls back with it now and whenever it changes. */
export const watchState = async (show: (state: OptionsState) => Promise<void>): Promise<void> => {
  const [snapshot, installed, bound] = await Promise.all([
    ask<typeof getSnapshot>('get_snapshot', {}),
    ask<typeof getInstallation>('get_installation', {}),
    ask<typeof getShortcuts>('get_shortcuts', {}),
  ]);
  let state: OptionsState = {
    backend: snapshot.ok ? snapshot.value.backend : { managed: false },
    managed: snapshot.ok ? snapshot.value.managed : undefined,
    apps: snapshot.ok ? appsOf(snapshot.value) : [],
    installation: installed.ok ? installed.value : undefined,
    shortcuts: bound.ok ? bound.value.shortcuts : [],
  };
  const change = (changed: Partial<OptionsState>): void => {
    state = { ...state, ...changed };
    inBackground(show(state), 'drawing the options');
  };
  change({});
  createSnapshotCell<Snapshot>(BUILD).onWritten((next) =>
    change({ backend: next.backend, managed: next.managed, apps: appsOf(next) }),
  );
  // Shortcuts are changed in another page of the browser, which tells nobody.
  addEventListener('focus', () => {
    const read = ask<typeof getShortcuts>('get_shortcuts', {}).then(
      (now) => now.ok && change({ shortcuts: now.value.shortcuts }),
    );
    inBackground(read, 'reading the shortcuts');
  });
};
