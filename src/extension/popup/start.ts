import { BUILD, createSnapshotCell } from '../browser/snapshot-cell.ts';
import type { Snapshot } from '../messages/snapshot.ts';
import { createEarlyKeys } from './state/keyboard/early-keys.ts';

// All that runs before the first paint, which is the frame that stands in the HTML. A browser shows a
// popup no sooner than at `load`, and scripts that run until then come at the expense of that: a cold
// start took 182 ms to the first paint with the views loaded after it, 259 ms with them before.

const snapshotCell = createSnapshotCell<Snapshot>(BUILD);
const left = snapshotCell.read();
const earlyKeys = createEarlyKeys();

const draw = async (): Promise<void> => {
  const { showPopup } = await import('./main.tsx');
  await showPopup(snapshotCell, left, earlyKeys);
};

addEventListener('load', () => {
  const afterFrame = (): void => void setTimeout(() => void draw());
  // A page that is not visible gets no frame.
  if (document.hidden) {
    afterFrame();
  } else {
    requestAnimationFrame(afterFrame);
  }
});
