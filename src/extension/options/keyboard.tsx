import { message, type TextKey } from '../messages/text.ts';

const KEYS: readonly (readonly [readonly string[], TextKey])[] = [
  [['Alt', 'Shift', 'U'], 'keyOpen'],
  [['/'], 'keySearch'],
  [['↑', '↓'], 'keyArrows'],
  [['Enter'], 'keyEnter'],
  [['Ctrl', 'Enter'], 'keyLaunch'],
  [['Esc'], 'keyEscape'],
];

/** The keys that work in the popup, and the one that opens it. */
export const Keyboard = () => (
  <section>
    <h2>{message('keyboard')}</h2>
    <dl class="keys">
      {KEYS.map(([keys, text]) => (
        <div key={text}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{message(text)}</dd>
        </div>
      ))}
    </dl>
  </section>
);
