import { useState } from 'preact/hooks';
import type { openShortcutSettings } from '../messages/entry-points/open-shortcut-settings.ts';
import { message } from '../messages/texts/text.ts';
import { ask } from '../messages/wire/ask.ts';
import { Keys } from './keyboard.tsx';
import type { Shortcut } from './state.ts';

/** The browser's own word for its command to open the popup is empty in Chromium. */
const OPEN_COMMAND = '_execute_action';

/** Chromium on macOS writes ⌥⇧U, everybody else Alt+Shift+U. */
const keysOf = (keys: string): readonly string[] =>
  keys.includes('+') ? keys.split('+') : [...keys];

/** The commands with the keys that are bound to them now, and the way to change them. */
export const Shortcuts = ({ shortcuts }: { shortcuts: readonly Shortcut[] }) => {
  const [byHand, setByHand] = useState(false);
  const change = async (): Promise<void> => {
    const answer = await ask<typeof openShortcutSettings>('open_shortcut_settings', {});
    setByHand(answer.ok && !answer.value.opened);
  };
  return (
    <section>
      <h2>{message('shortcuts')}</h2>
      <p>{message('shortcutsText')}</p>
      <dl class="values shortcuts">
        {shortcuts.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{name === OPEN_COMMAND ? message('commandOpen') : description}</dt>
            <dd>
              {keys === '' ? (
                <span class="unbound">{message('shortcutUnbound')}</span>
              ) : (
                <Keys keys={keysOf(keys)} />
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{message('addressBar')}</dt>
          <dd>{message('addressBarText')}</dd>
        </div>
      </dl>
      <button type="button" class="button quiet" onClick={() => void change()}>
        {message('changeShortcuts')}
      </button>
      <p class="hint" role="status">
        {byHand && message('changeShortcutsByHand')}
      </p>
    </section>
  );
};
