import { describe, expect, test } from 'vitest';
import { launchStatusSchema } from '../../../../../../src/extension/messages/launch/launch-status.ts';
import { focusTab } from '../../../../../../src/extension/popup/state/launch/launch-action.ts';
import { snapshot } from '../../../../../../src/extension/popup/state/state.ts';
import { ok, playWorker } from '../played-worker.ts';
import { sessionExample, snapshotExample } from '../snapshot-example.ts';

const NORA = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const UMA = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const session = (changes: object = {}) => sessionExample({ id: NORA, ...changes });
const other = sessionExample({ id: UMA, customerName: 'Uma Okafor' });
const CLOSED = { focus_session: () => ok({ focused: false }) };
const goToTab = (): Promise<void> => focusTab(launchStatusSchema.parse(session()));

describe('a tab that turns out to be closed', () => {
  test('a tab that turns out to be closed is shown as closed in the list and in the launch that is shown', async () => {
    snapshot.value = snapshotExample([session(), other], { launch: session() });
    playWorker(CLOSED);
    await goToTab();
    expect(snapshot.value).toEqual(
      snapshotExample([session({ tab: 'closed' }), other], { launch: session({ tab: 'closed' }) }),
    );
  });

  test('a tab that turns out to be closed does not undo the end of its session, which became known in the meantime', async () => {
    const ended = { state: 'ended', standing: 'over', cause: 'tab_closed' };
    snapshot.value = snapshotExample([session()], { launch: session() });
    playWorker({
      focus_session: () => {
        snapshot.value = snapshotExample([], { launch: session(ended) });
        return ok({ focused: false });
      },
    });
    await goToTab();
    expect(snapshot.value).toEqual(
      snapshotExample([], { launch: session({ ...ended, tab: 'closed' }) }),
    );
  });

  test('a tab that turns out to be closed does not undo that its session is being signed out by now', async () => {
    snapshot.value = snapshotExample([session()]);
    playWorker({
      focus_session: () => {
        snapshot.value = snapshotExample([session({ standing: 'ending', ending: 'app' })]);
        return ok({ focused: false });
      },
    });
    await goToTab();
    expect(snapshot.value).toEqual(
      snapshotExample([session({ standing: 'ending', ending: 'app', tab: 'closed' })]),
    );
  });
});
