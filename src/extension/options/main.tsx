import { render } from 'preact';
import { localizeDocument } from '../messages/text.ts';
import { App } from './app.tsx';
import { watchState } from './state.ts';

localizeDocument('optionsTitle');
const root = document.getElementById('root');
void watchState((state) => {
  if (root) render(<App state={state} />, root);
});
