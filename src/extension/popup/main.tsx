import { render } from 'preact';
import { localizeDocument } from '../messages/text.ts';
import { App } from './app.tsx';
import { onCellsChanged } from './state/cell.ts';
import { onPopupKey } from './state/keyboard.ts';
import { followPrefill } from './state/prefill.ts';
import { start } from './state/state.ts';

localizeDocument('popupTitle');
addEventListener('keydown', onPopupKey);
const root = document.getElementById('root');
const draw = (): void => {
  if (root) render(<App />, root);
};
// Drawn once there is something to draw: what the worker left is one read away, an empty frame would flash.
void start().then(() => {
  onCellsChanged(() => void followPrefill());
  onCellsChanged(draw);
  void followPrefill();
  draw();
});
