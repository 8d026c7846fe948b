import { message, type TextKey } from '../messages/texts/text.ts';

const KEYS: readonly (readonly [readonly string[], TextKey])[] = [
  [['/'], 'keySearch'],
  [['1', '…', '9'], 'keyDigits'],
  [['↑', '↓'], 'keyArrows'],
  [['Enter'], 'keyEnter'],
  [['Ctrl', 'Enter'], 'keyLaunch'],
  [['Esc'], 'keyEscape'],
];

/** Keys as they are printed on the keyboard. */
export const Keys = ({ keys }: { keys: readonly string[] }) => (
  <>
    {keys.map((key) => (
      <kbd key={key}>{key}</kbd>
    ))}
  </>
);

/** The keys that work in the popup. */
export const Keyboard = () => (
  <section>
    <h2>{message('inThePanel')}</h2>
    <dl class="keys">
      {KEYS.map(([keys, text]) => (
        <div key={text}>
          <dt>
            <Keys keys={keys} />
          </dt>
          <dd>{message(text)}</dd>
        </div>
      ))}
    </dl>
  </section>
);
