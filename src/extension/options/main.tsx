import '../messages/zod-jitless.ts';
import { render } from 'preact';
import { localizeDocument } from '../messages/text.ts';
import { App } from './app.tsx';
import { start } from './state.ts';

localizeDocument('optionsTitle');
const root = document.getElementById('root');
void start().then(() => root && render(<App />, root));
