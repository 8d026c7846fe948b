import '../messages/zod-jitless.ts';
import { render } from 'preact';
import { localizeDocument } from '../messages/text.ts';
import { App } from './app.tsx';
import { onCellsChanged } from './cell.ts';
import { onPopupKey } from './keyboard.ts';
import { start } from './state.ts';
import { followSubject } from './subject.ts';

localizeDocument('popupTitle');
addEventListener('keydown', onPopupKey);
const root = document.getElementById('root');
const draw = (): void => {
  if (root) render(<App />, root);
};
// Drawn once there is something to draw: the snapshot is one message away, an empty frame would flash.
void start().then(() => {
  onCellsChanged(() => void followSubject());
  onCellsChanged(draw);
  void followSubject();
  draw();
});
