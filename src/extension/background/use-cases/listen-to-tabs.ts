import type { MinuteAlarm } from '../../browser/minute-alarm.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { Sessions } from '../session/compose-sessions.ts';

type Dependencies = {
  readonly tabs: Pick<Tabs, 'onUpdated' | 'onClosed' | 'onWindowClosed'>;
  readonly alarm: Pick<MinuteAlarm, 'onMinute'>;
  readonly onPermissionAdded: (listener: () => void) => void;
  readonly launches: Pick<Launches, 'active'>;
  readonly sessions: Pick<Sessions, 'refresh' | 'tabChanged' | 'lastTab'>;
  readonly tabClosed: (tabId: number) => Promise<void>;
  readonly askAboutAll: () => Promise<void>;
  readonly followAll: () => Promise<void>;
  /** Settles when the worker may act: what its predecessor left is settled. */
  readonly ready: Promise<void>;
};

/**
 * Listens to what happens in the browser while the agent acts. Call it in the worker's first turn: the
 * browser wakes a worker only for events that were listened to then.
 */
export const listenToTabs = (dependencies: Dependencies) => {
  const { tabs, sessions, ready } = dependencies;
  const whenReady = (what: string, task: () => Promise<unknown>): void =>
    inBackground(ready.then(task), what);

  const listen = () =>
    tabs.onUpdated((change) =>
      whenReady('following a tab to its next page', () => sessions.tabChanged(change)),
    );
  let stopListening: (() => void) | undefined = listen();

  dependencies.alarm.onMinute(() => {
    whenReady('bringing sessions up to date', async () => {
      await sessions.refresh();
      await dependencies.askAboutAll();
    });
  });
  tabs.onClosed((tabId) => {
    whenReady('noting a closed tab', () => dependencies.tabClosed(tabId));
    whenReady('looking for the last tab', sessions.lastTab);
  });
  tabs.onWindowClosed(() => whenReady('looking for the last tab', sessions.lastTab));
  // The popup may be gone when the agent answers the browser's question; the worker goes on.
  dependencies.onPermissionAdded(() => {
    whenReady('using a new permission', async () => {
      await sessions.refresh();
      await dependencies.followAll();
    });
  });

  return {
    /** Every page of every tab wakes the worker, so it listens to them only while there is a session. */
    updateTabListener: async (): Promise<void> => {
      if ((await dependencies.launches.active()).length > 0) {
        stopListening ??= listen();
      } else {
        stopListening?.();
        stopListening = undefined;
      }
    },
  };
};
