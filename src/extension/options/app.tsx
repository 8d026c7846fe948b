import { message } from '../messages/texts/text.ts';
import { OptionalAccess } from './access.tsx';
import { BackendForm } from './backend-form.tsx';
import { Installation } from './installation.tsx';
import { Keyboard } from './keyboard.tsx';
import { WrongSettings } from './managed-rows.tsx';
import { Permissions } from './permissions.tsx';
import { Preferences } from './preferences.tsx';
import { Shortcuts } from './shortcuts.tsx';
import type { OptionsState } from './state.ts';

/** The options page: the one setting, and what people ask about the extension. */
export const App = ({ state }: { state: OptionsState }) => (
  <main>
    <header>
      <img src="/icons/icon.svg" alt="" width="40" height="40" />
      <div>
        <h1>Understudy</h1>
        <p>{message('optionsIntro')}</p>
      </div>
    </header>
    <WrongSettings managed={state.managed} />
    <BackendForm backend={state.backend} />
    <Shortcuts shortcuts={state.shortcuts} />
    <Keyboard />
    <Preferences managed={state.managed} />
    <OptionalAccess
      apps={state.apps}
      backend={state.backend}
      isDeclined={state.managed?.offersDeclined ?? false}
    />
    {state.installation && <Installation values={state.installation} />}
    {state.installation && <Permissions required={state.installation.permissions} />}
  </main>
);
