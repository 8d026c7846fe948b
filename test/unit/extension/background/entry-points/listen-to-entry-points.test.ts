import { beforeEach, describe, expect, test, vi } from 'vitest';
import { launchIdSchema } from '../../../../../src/contract/ids.ts';
import { listenToEntryPoints } from '../../../../../src/extension/background/entry-points/listen-to-entry-points.ts';
import type { PrefillSource } from '../../../../../src/extension/background/entry-points/prefill-source.ts';
import type { CommandTab } from '../../../../../src/extension/browser/entry-points/commands.ts';
import type { MenuClick } from '../../../../../src/extension/browser/entry-points/context-menus.ts';
import { settled } from '../fakes.ts';
import { launchRecord } from '../launch-examples.ts';

const LAUNCH = launchIdSchema.parse('11111111-1111-4111-8111-111111111111');

beforeEach(() => {
  vi.stubGlobal('chrome', { i18n: { getMessage: (key: string) => key } });
});

const browser = () => {
  const done: unknown[] = [];
  let click: (click: MenuClick) => void = () => undefined;
  let press: (name: string, tab: CommandTab) => void = () => undefined;
  let enter: (text: string) => void = () => undefined;
  listenToEntryPoints({
    menus: {
      onClicked: (listener) => {
        click = listener;
      },
    },
    commands: {
      onPressed: (listener) => {
        press = listener;
      },
    },
    omnibox: {
      setHint: () => undefined,
      onTyped: () => undefined,
      onEntered: (listener) => {
        enter = listener;
      },
    },
    panel: {
      open: async () => {
        done.push('open');
      },
    },
    addressBar: {
      suggest: async () => undefined,
      sourceOf: async (text) => ({ kind: 'search', text }),
    },
    prefills: {
      offer: async (source: PrefillSource) => {
        done.push(source);
      },
    },
    launches: {
      ofTab: async ({ id }) => (id === 7 ? launchRecord({ id: LAUNCH }) : undefined),
    },
    endSession: async (launchId) => {
      done.push({ ended: launchId });
    },
  });
  return {
    done,
    click: (c: object) => click(c as MenuClick),
    press: (name: string, id: number) => press(name, { id, url: undefined, store: 'default' }),
    enter: (text: string) => enter(text),
  };
};

describe('every way in', () => {
  test('opens the panel in the event’s own turn, where Firefox still lets it', () => {
    const { done, click, press, enter } = browser();
    click({ itemId: 'selection', selectionText: 'nora' });
    expect(done[0]).toBe('open');
    press('act_on_page', 1);
    enter('nora');
    expect(done.filter((step) => step === 'open')).toHaveLength(3);
  });

  test('shows how the ending of a session goes, and ends it', async () => {
    const { done, press } = browser();
    press('end_session', 7);
    await settled();
    expect(done).toEqual(['open', { kind: 'launch', launchId: LAUNCH }, { ended: LAUNCH }]);
  });

  test('opens nothing for an item that is not known', async () => {
    const { done, click } = browser();
    click({ itemId: 'of another version' });
    await settled();
    expect(done).toEqual([]);
  });
});
