import * as z from 'zod/mini';
import type { AgentId } from '../../../contract/ids.ts';
import type { ContextMenus } from '../../browser/entry-points/context-menus.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { AgentProfile } from '../customers/agent-profile.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { Recents } from '../customers/recents.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import { matchPatternsOf } from './match-patterns.ts';
import { type MenuRecent, menuItems } from './menu-items.ts';

/** Keeps the context menus as they should be. */
export type Menus = {
  /** Brings the menus up to date; does nothing where they are. Never rejects. */
  readonly update: () => Promise<void>;
  /** Makes them anew, whatever is there: after an install or a browser start. Never rejects. */
  readonly rebuild: () => Promise<void>;
};

type Dependencies = {
  readonly menus: Pick<ContextMenus, 'replace'>;
  readonly local: StorageArea;
  readonly session: StorageArea;
  readonly backendOrigin: () => Promise<string | undefined>;
  readonly profile: Pick<AgentProfile, 'read'>;
  readonly agentId: () => Promise<AgentId | undefined>;
  readonly recents: Pick<Recents, 'of'>;
  readonly directory: Pick<CustomerDirectory, 'known'>;
};

/** A toolbar menu longer than this is no quicker than the popup. */
const MAX_RECENTS = 8;

/**
 * Makes {@link Menus}. How records are recognised is remembered on disk, by backend, so that the items
 * are there after a browser start, before anybody signed in.
 */
export const createMenus = (dependencies: Dependencies): Menus => {
  const { profile, directory } = dependencies;
  const remembered = storedValue(
    dependencies.local,
    'recordPatterns',
    z.object({ backendOrigin: z.string(), patterns: z.array(z.string()) }),
  );
  const applied = storedValue(dependencies.session, 'menus', z.string());
  // Two rebuilds at a time would make every item twice.
  const serial = createSerial();

  const patterns = async (): Promise<readonly string[]> => {
    const [backendOrigin, known, before] = await Promise.all([
      dependencies.backendOrigin(),
      profile.read(),
      remembered.read(),
    ]);
    if (backendOrigin === undefined) {
      return [];
    }
    if (known) {
      const current = matchPatternsOf(known.me.recordPatterns);
      await remembered.write({ backendOrigin, patterns: [...current] });
      return current;
    }
    return before?.backendOrigin === backendOrigin ? before.patterns : [];
  };

  const recents = async (): Promise<readonly MenuRecent[]> => {
    const agent = await dependencies.agentId();
    if (agent === undefined) {
      return [];
    }
    const [pairs, known, current] = await Promise.all([
      dependencies.recents.of(agent),
      directory.known(),
      profile.read(),
    ]);
    return pairs.slice(0, MAX_RECENTS).map((pair) => {
      const customer = known.get(pair.customerId);
      const app = current?.targetApps.find(({ id }) => id === pair.targetAppId);
      const isOpen = customer !== undefined && customer.protected !== true;
      return {
        ...pair,
        appName: app?.name ?? pair.targetAppId,
        ...(isOpen && { name: customer.name }),
      };
    });
  };

  const apply = (force: boolean): Promise<void> =>
    serial(async () => {
      const items = menuItems(await patterns(), await recents());
      const wanted = JSON.stringify(items);
      if (!force && (await applied.read()) === wanted) {
        return;
      }
      await dependencies.menus.replace(items);
      await applied.write(wanted);
    });

  return { update: () => apply(false), rebuild: () => apply(true) };
};
