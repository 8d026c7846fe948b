import { expect, test } from 'vitest';
import { listenToTabs } from '../../../../../src/extension/background/use-cases/listen-to-tabs.ts';
import { settled } from '../fakes.ts';
import { launchesOf, launchRecord } from '../launch-examples.ts';

const CHANGE = { tabId: 7, loading: true, complete: false, url: undefined };

const listening = async (records: readonly ReturnType<typeof launchRecord>[] = []) => {
  const did: string[] = [];
  const launches = await launchesOf(records);
  const note = (what: string) => async () => {
    did.push(what);
  };
  const ready = Promise.withResolvers<void>();
  let onUpdated: ((change: typeof CHANGE) => void) | undefined;
  const heard: Record<'minute' | 'windowClosed' | 'permission', () => void> = {
    minute: () => undefined,
    windowClosed: () => undefined,
    permission: () => undefined,
  };
  let closeTab: (tabId: number) => void = () => undefined;
  const { updateTabListener } = listenToTabs({
    tabs: {
      onUpdated: (listener) => {
        onUpdated = listener;
        return () => {
          onUpdated = undefined;
        };
      },
      onClosed: (listener) => {
        closeTab = listener;
      },
      onWindowClosed: (listener) => {
        heard.windowClosed = listener;
      },
    },
    alarm: {
      onMinute: (listener) => {
        heard.minute = listener;
      },
    },
    onPermissionAdded: (listener) => {
      heard.permission = listener;
    },
    launches,
    sessions: {
      refresh: note('refresh'),
      tabChanged: async ({ tabId }) => {
        did.push(`tab ${tabId} changed`);
      },
      lastTab: note('last tab'),
    },
    tabClosed: async (tabId) => {
      did.push(`tab ${tabId} closed`);
    },
    askAboutAll: note('ask'),
    followAll: note('follow'),
    ready: ready.promise,
  });
  return {
    did,
    launches,
    heard,
    ready: ready.resolve,
    updateTabListener,
    closeTab: (tabId: number) => closeTab(tabId),
    updateTab: () => onUpdated?.(CHANGE),
    isListening: () => onUpdated !== undefined,
  };
};

test('a worker that was woken by a tab takes it up once what its predecessor left is settled', async () => {
  const { did, ready, updateTab } = await listening();
  updateTab();
  await settled();
  expect(did).toEqual([]);
  ready();
  await settled();
  expect(did).toEqual(['tab 7 changed']);
});

test('every page of every tab wakes the worker only while there is a session', async () => {
  const without = await listening();
  await without.updateTabListener();
  expect(without.isListening()).toBe(false);
  const acting = await listening([launchRecord()]);
  await acting.updateTabListener();
  expect(acting.isListening()).toBe(true);
});

test('a worker that stopped listening to tabs listens again when a session begins', async () => {
  const { launches, updateTabListener, isListening } = await listening();
  await updateTabListener();
  expect(isListening()).toBe(false);
  await launches.restore(launchRecord());
  await updateTabListener();
  expect(isListening()).toBe(true);
});

test.each([
  ['a minute', 'minute', ['refresh', 'ask']],
  ['a new permission', 'permission', ['refresh', 'follow']],
  ['a closed window', 'windowClosed', ['last tab']],
] as const)('after %s the sessions are brought up to date', async (_what, event, expected) => {
  const { did, heard, ready } = await listening();
  ready();
  heard[event]();
  await settled();
  expect(did).toEqual(expected);
});

test('a closed tab is noted, and may have been the last of its session', async () => {
  const { did, closeTab, ready } = await listening();
  ready();
  closeTab(7);
  await settled();
  expect(did.toSorted()).toEqual(['last tab', 'tab 7 closed']);
});
