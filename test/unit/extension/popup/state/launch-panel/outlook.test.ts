import { beforeEach, describe, expect, test } from 'vitest';
import { customerIdSchema, targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import { launchStatusSchema } from '../../../../../../src/extension/messages/launch/launch-status.ts';
import { focusTab } from '../../../../../../src/extension/popup/state/launch/launch-action.ts';
import {
  lookAhead,
  sessionsInTheWay,
} from '../../../../../../src/extension/popup/state/launch-panel/outlook.ts';
import { snapshot } from '../../../../../../src/extension/popup/state/state.ts';
import { ok, playWorker } from '../played-worker.ts';
import { sessionExample, snapshotExample } from '../snapshot-example.ts';

const NORA = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const UMA = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const nora = (changes: object = {}) => sessionExample({ id: NORA, ...changes });
const uma = sessionExample({ id: UMA, customerId: 'auth0|uma', customerName: 'Uma Okafor' });

const shown = () => {
  const { inTheWay, sameApp } = sessionsInTheWay();
  return { inTheWay: inTheWay.map(({ id }) => id), sameApp: sameApp?.id };
};

beforeEach(async () => {
  playWorker({
    preview_launch: () => ok({ inTheWay: [nora(), uma], ownSession: false, sameApp: nora() }),
    focus_session: () => ok({ focused: false }),
  });
  snapshot.value = snapshotExample([nora(), uma]);
  await lookAhead({
    customerId: customerIdSchema.parse('auth0|nora'),
    targetAppId: targetAppIdSchema.parse('shop'),
    openIn: 'new_tab',
  });
});

describe('the sessions that a launch would meet', () => {
  test('the sessions that a launch would meet are those that the worker names', () => {
    expect(shown()).toEqual({ inTheWay: [NORA, UMA], sameApp: NORA });
  });

  test('the sessions that a launch would meet are without one that has ended since', () => {
    snapshot.value = snapshotExample([uma]);
    expect(shown()).toEqual({ inTheWay: [UMA], sameApp: undefined });
  });

  test('the sessions that a launch would meet still have one that is being ended, and nobody is sent to its tab', () => {
    snapshot.value = snapshotExample([nora({ standing: 'ending', ending: 'app' }), uma]);
    expect(shown()).toEqual({ inTheWay: [NORA, UMA], sameApp: undefined });
  });

  test('the sessions that a launch would meet have one from before a restart, which is in no list of sessions', () => {
    const leftover = {
      launchId: NORA,
      targetAppId: 'shop',
      targetAppName: 'Shop',
      since: '2026-11-20T10:00:00.000Z',
      openIn: 'new_tab',
      openedBySomebodyElse: false,
    };
    snapshot.value = snapshotExample([], { leftovers: [leftover] });
    expect(shown()).toEqual({ inTheWay: [NORA], sameApp: NORA });
  });

  test('the sessions that a launch would meet show a tab as closed once going there found it closed', async () => {
    expect(sessionsInTheWay().sameApp?.tab).toBe('open');
    await focusTab(launchStatusSchema.parse(nora()));
    expect(sessionsInTheWay().sameApp?.tab).toBe('closed');
  });
});
