import { render } from 'preact';
import { onAccessChanged } from '../browser/permissions.ts';
import type { SnapshotCell } from '../browser/snapshot-cell.ts';
import { registerRedirectWorker } from '../browser/tabs/redirect-worker.ts';
import { inBackground } from '../in-background.ts';
import type { Snapshot } from '../messages/snapshot.ts';
import { localizeDocument } from '../messages/texts/text.ts';
import { App } from './app.tsx';
import { onCellsChanged } from './state/cell.ts';
import { furtherView } from './state/further-view-cell.ts';
import type { EarlyKeys } from './state/keyboard/early-keys.ts';
import { onPopupKey } from './state/keyboard/keyboard.ts';
import { followPrefill } from './state/prefill.ts';
import { shownView } from './state/shown-view.ts';
import { snapshot, start, startProblem } from './state/state.ts';

/**
 * Draws the popup over the frame that stands in the HTML, as soon as there is something to draw, and keeps
 * it up to date. `left` is the snapshot that the worker left in the cell.
 */
export const showPopup = async (
  cell: SnapshotCell<Snapshot>,
  left: Promise<Snapshot | undefined>,
  earlyKeys: EarlyKeys,
): Promise<void> => {
  localizeDocument('popupTitle');
  addEventListener('keydown', onPopupKey);
  const root = document.getElementById('root');
  const draw = (): void => {
    const current = snapshot.value;
    if (!root || !(current || startProblem.value)) {
      return;
    }
    render(<App />, root);
    if (current && (shownView(current) === 'search' || furtherView.value)) {
      earlyKeys.replay();
    }
  };
  onCellsChanged(() => void followPrefill());
  onCellsChanged(draw);
  await start(cell, left);
  const { FurtherView } = await import('./views/further-view.tsx');
  furtherView.value = FurtherView;
  const register = (): void =>
    inBackground(
      registerRedirectWorker(),
      'registering what keeps a token out of the list of tabs',
    );
  onAccessChanged(register);
  register();
};
