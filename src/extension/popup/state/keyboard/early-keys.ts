/** Keys that were pressed before the search field was drawn. */
export type EarlyKeys = {
  /** Stops collecting and presses the collected keys where the focus is now. A second call does nothing. */
  readonly replay: () => void;
};

/** The named keys that the search understands. The browser itself closes the popup on Escape. */
const NAMED_KEYS: readonly string[] = ['Enter', 'ArrowDown', 'ArrowUp', 'Backspace'];

const isForSearch = ({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean =>
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  !isComposing &&
  ([...key].length === 1 || NAMED_KEYS.includes(key));

const type = (field: HTMLInputElement, key: string): void => {
  const { value, selectionStart, selectionEnd } = field;
  const end = selectionEnd ?? value.length;
  const start = selectionStart ?? end;
  if (key === 'Backspace') {
    field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
  } else {
    field.setRangeText(key, start, end, 'end');
  }
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

/** Presses a key as the browser does: the views first, then the field that has the focus. */
const press = (key: string): void => {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  const isLeftToField = target.dispatchEvent(event);
  const isText = [...key].length === 1 || key === 'Backspace';
  if (isLeftToField && isText && target instanceof HTMLInputElement) {
    type(target, key);
  }
};

/**
 * Collects {@link EarlyKeys} from now on: an agent types as soon as there is a popup, which is before
 * there is a search field in it.
 */
export const createEarlyKeys = (): EarlyKeys => {
  const keys: string[] = [];
  const collect = (event: KeyboardEvent): void => {
    if (!isForSearch(event)) {
      return;
    }
    event.preventDefault();
    keys.push(event.key);
  };
  addEventListener('keydown', collect, { capture: true });
  return {
    replay: () => {
      removeEventListener('keydown', collect, { capture: true });
      keys.splice(0).forEach(press);
    },
  };
};
