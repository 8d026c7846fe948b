import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { CommandTab } from '../../browser/commands.ts';
import { isActive } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'all'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/**
 * Makes the function that finds the customer's session that a tab is in: the launch that opened it, else
 * the newest one of its cookie store and of the app whose page it shows, since a session is never a tab's.
 */
export const createSessionInTab =
  ({ store, findApp, now }: Dependencies) =>
  async (tab: CommandTab): Promise<LaunchId | undefined> => {
    const active = (await store.all()).filter((record) => isActive(record, now()));
    const opened = active.find(({ tabId }) => tabId !== undefined && tabId === tab.id);
    if (opened) return opened.id;
    const origin = tab.url === undefined ? undefined : URL.parse(tab.url)?.origin;
    for (const record of active) {
      if (record.store !== tab.store) continue;
      const app = await findApp(record.targetAppId);
      if (origin !== undefined && app?.origins.includes(origin)) return record.id;
    }
    return undefined;
  };
