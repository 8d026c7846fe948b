import { useLayoutEffect, useRef } from 'preact/hooks';
import { SEARCH_MAX_CHARACTERS } from '../../../contract/search-limits.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { message } from '../../messages/texts/text.ts';
import { optionId, Results } from '../parts/customers/results.tsx';
import { ClearIcon, SearchIcon } from '../parts/icons.tsx';
import { moveFocus } from '../state/keyboard/move-focus.ts';
import { activeIndex, chooseActive, search, searchFor } from '../state/search.ts';
import { draft } from '../state/state.ts';
import { Home } from './home.tsx';

const onFieldKey = (event: KeyboardEvent): void => {
  // Enter and arrows belong to the input method while it composes.
  if (event.isComposing) {
    return;
  }
  const count = search.value.found?.customers.length ?? 0;
  if (event.key === 'Escape' && draft.value.query !== '') {
    event.preventDefault();
    searchFor('');
  } else if (count === 0 && event.key === 'ArrowDown') {
    event.preventDefault();
    moveFocus(1);
  } else if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    activeIndex.value = (activeIndex.value + step + count) % count;
  } else if (event.key === 'Enter') {
    event.preventDefault();
    chooseActive();
  }
};

/** The search field. It has the focus when the popup opens. */
const SearchField = () => {
  const field = useRef<HTMLInputElement>(null);
  // Not after the next frame: the agent types as soon as the popup is there.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
    if (performance.getEntriesByName('interactive').length === 0) {
      performance.mark('interactive');
    }
    if (draft.value.query !== '') {
      searchFor(draft.value.query, 0);
    }
  }, []);
  const expanded = (search.value.found?.customers.length ?? 0) > 0;
  return (
    <div class="search-field">
      <SearchIcon />
      <input
        ref={field}
        id="search"
        type="text"
        role="combobox"
        aria-label={message('findCustomer')}
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={expanded ? 'results' : undefined}
        aria-activedescendant={expanded ? optionId(activeIndex.value) : undefined}
        placeholder={message('searchPlaceholder')}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="auto"
        maxLength={SEARCH_MAX_CHARACTERS}
        value={draft.value.query}
        onInput={(event) => searchFor(event.currentTarget.value)}
        onKeyDown={onFieldKey}
      />
      {draft.value.query === '' ? (
        <span class="key" aria-hidden="true">
          /
        </span>
      ) : (
        <button
          type="button"
          class="icon-button"
          aria-label={message('clearSearch')}
          title={message('clearSearch')}
          onClick={() => {
            searchFor('');
            field.current?.focus();
          }}
        >
          <ClearIcon />
        </button>
      )}
    </div>
  );
};

/** Finding a customer: the field, and beneath it what was found, or where one left off. */
export const SearchView = ({ current }: { current: Snapshot }) => (
  <>
    <div class="search-bar">
      <SearchField />
    </div>
    {search.value.stage === 'idle' ? <Home current={current} /> : <Results />}
  </>
);
