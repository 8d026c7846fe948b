import { render } from 'preact';
import { inBackground } from '../in-background.ts';
import { localizeDocument } from '../messages/text.ts';
import { App } from './app.tsx';
import { watchState } from './state.ts';

localizeDocument('optionsTitle');
const root = document.getElementById('root');
const watched = watchState((state) => {
  if (root) {
    render(<App state={state} />, root);
  }
});
inBackground(watched, 'drawing the options');
