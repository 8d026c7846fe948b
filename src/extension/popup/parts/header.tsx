import type { openOptions } from '../../messages/set-up/open-options.ts';
import type { signOut } from '../../messages/sign-in/sign-out.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { snapshot } from '../state/state.ts';
import { MaskIcon, OptionsIcon, SignOutIcon } from './icons.tsx';
import { IsolatedText } from './isolated-text.tsx';

/** The product's name, who is signed in, options and sign-out. */
export const Header = () => {
  const current = snapshot.value;
  const agent = current?.profile?.me.agent;
  return (
    <header class="header">
      <h1 class="wordmark">
        <MaskIcon />
        Understudy
      </h1>
      {agent && (
        <span class="agent">
          <span class="visually-hidden">{message('signedInAs', [''])}</span>
          <IsolatedText text={agent.name || agent.email} />
        </span>
      )}
      <span class="header-actions">
        <button
          type="button"
          class="icon-button"
          aria-label={message('openOptions')}
          title={message('openOptions')}
          onClick={() => void ask<typeof openOptions>('open_options', {})}
        >
          <OptionsIcon />
        </button>
        {current?.signIn.state === 'signed_in' && (
          <button
            type="button"
            class="icon-button"
            aria-label={message('signOut')}
            title={message('signOut')}
            onClick={() => void ask<typeof signOut>('sign_out', {})}
          >
            <SignOutIcon />
          </button>
        )}
      </span>
    </header>
  );
};
