import type { openOptions } from '../../messages/set-up/open-options.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { MaskIcon } from '../parts/icons.tsx';
import { focusOnMount } from '../state/keyboard/focus-on-mount.ts';

/** Before a backend is set: the one thing to do. */
export const FirstRun = () => (
  <section class="welcome">
    <MaskIcon />
    <h2>{message('firstRunTitle')}</h2>
    <p>{message('firstRunText')}</p>
    <button
      type="button"
      class="button primary"
      ref={focusOnMount}
      onClick={() => void ask<typeof openOptions>('open_options', {})}
    >
      {message('firstRunButton')}
    </button>
  </section>
);
