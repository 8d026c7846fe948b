import type { LaunchId } from '../../../contract/ids.ts';
import type { Commands } from '../../browser/entry-points/commands.ts';
import type { ContextMenus } from '../../browser/entry-points/context-menus.ts';
import type { Omnibox } from '../../browser/entry-points/omnibox.ts';
import type { Panel } from '../../browser/entry-points/panel.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { Customers } from '../customers/compose-customers.ts';
import type { Launches } from '../launch-state/launches.ts';
import { createAddressBar } from './address-bar.ts';
import { createLastLaunch } from './last-launch.ts';
import { listenToEntryPoints } from './listen-to-entry-points.ts';
import { createMenus } from './menus.ts';
import { createPrefills } from './prefills.ts';
import { createRecordLookup } from './record-lookup.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly client: BackendClient;
  readonly customers: Customers;
  readonly launches: Pick<Launches, 'ofTab'>;
  readonly menus: ContextMenus;
  readonly commands: Pick<Commands, 'onPressed'>;
  readonly omnibox: Omnibox;
  readonly panel: Pick<Panel, 'open'>;
  readonly backendOrigin: () => Promise<string | undefined>;
  readonly isSignedIn: () => Promise<boolean>;
  readonly endSession: (launchId: LaunchId) => Promise<unknown>;
  /** Called after each change. */
  readonly onChange: () => void;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Composes the ways to the panel besides the toolbar: menus, shortcuts, the address bar. */
export const composeEntryPoints = (dependencies: Dependencies) => {
  const { session, customers } = dependencies;
  const { directory, recents, agentId, recordPatterns } = customers;
  const lastLaunch = createLastLaunch(session, async () => {
    const agent = await agentId();
    return agent && recents.newest(agent);
  });
  const prefills = createPrefills({
    ...dependencies,
    directory,
    lastLaunch,
    makeId: () => crypto.randomUUID(),
    lookUp: createRecordLookup({ client: dependencies.client, patterns: recordPatterns }),
  });
  return {
    lastLaunch,
    prefills,
    menus: createMenus({ ...dependencies, ...customers }),
    /** Registers the browser's events; call it in the worker's first turn. */
    listen: (): void =>
      listenToEntryPoints({
        ...dependencies,
        prefills,
        addressBar: createAddressBar({ ...dependencies, directory }),
      }),
  };
};
export type EntryPoints = ReturnType<typeof composeEntryPoints>;
