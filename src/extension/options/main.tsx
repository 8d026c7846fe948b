import { render } from 'preact';
import { inBackground } from '../in-background.ts';
import { companyTranslation } from '../messages/texts/company-language.ts';
import { speakInDocument } from '../messages/texts/text.ts';
import { App } from './app.tsx';
import { watchState } from './state.ts';

const root = document.getElementById('root');
const watched = watchState(async (state) => {
  speakInDocument('optionsTitle', await companyTranslation(state.managed?.language));
  if (root) {
    render(<App state={state} />, root);
  }
});
inBackground(watched, 'drawing the options');
