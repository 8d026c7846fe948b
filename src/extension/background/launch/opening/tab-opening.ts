import type { Tabs } from '../../../browser/tabs/tabs.ts';
import type { LaunchRequestMessage } from '../../../messages/launch/launch.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';

/**
 * Knows when a customer's tab is on its way. The agent waits for that tab, and other work in the browser would delay
 * it: whatever the agent does not wait for is postponed until the tab has loaded.
 */
export type TabOpening = {
  readonly isUnderWay: () => boolean;
  /** Counts as under way until the work settles; gives what the work gives. */
  readonly during: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Settles when the tab shows the page at the end of all redirects, or has taken very long. Under way until then. */
  readonly untilLoaded: (tabId: number) => Promise<void>;
  /** Settles when no customer's tab is loading, at the latest when somebody interrupts. */
  readonly untilAllLoaded: () => Promise<void>;
  /** Settles when somebody interrupts from now on. */
  readonly untilInterrupted: () => Promise<void>;
  /** Has everybody who waits for all tabs go on at once: there is news that must not wait. */
  readonly interrupt: () => void;
};

/** Called when a launch's tab is open; `loaded` settles when the tab has loaded, which the agent waits for. */
export type OnOpened = (
  record: LaunchRecord,
  request: LaunchRequestMessage,
  loaded: Promise<void>,
) => Promise<void>;

type Dependencies = {
  readonly tabs: Pick<Tabs, 'onUpdated'>;
  readonly delay: (milliseconds: number) => Promise<void>;
};

/** A page is painted a little after it has loaded. */
const PAINT_MILLISECONDS = 50;
/** A slow app must not keep the ledger, the badge and the popup from being brought up to date. */
const LONGEST_MILLISECONDS = 1_500;

/** Makes {@link TabOpening}. */
export const createTabOpening = ({ tabs, delay }: Dependencies): TabOpening => {
  let count = 0;
  const loading = new Set<Promise<void>>();
  let interruption = Promise.withResolvers<void>();
  const during: TabOpening['during'] = async (work) => {
    count += 1;
    try {
      return await work;
    } finally {
      count -= 1;
    }
  };
  const loaded = async (tabId: number): Promise<void> => {
    const complete = Promise.withResolvers<void>();
    const stop = tabs.onUpdated((update) => {
      if (update.tabId === tabId && update.complete) {
        complete.resolve(delay(PAINT_MILLISECONDS));
      }
    });
    await Promise.race([complete.promise, delay(LONGEST_MILLISECONDS)]);
    stop();
  };
  return {
    isUnderWay: () => count > 0,
    during,
    untilLoaded: (tabId) => {
      const tab = during(loaded(tabId)).finally(() => loading.delete(tab));
      loading.add(tab);
      return tab;
    },
    untilAllLoaded: async () => {
      await Promise.race([Promise.all(loading), interruption.promise]);
    },
    untilInterrupted: () => interruption.promise,
    interrupt: () => {
      interruption.resolve();
      interruption = Promise.withResolvers();
    },
  };
};
