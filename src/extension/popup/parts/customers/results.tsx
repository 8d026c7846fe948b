import { useEffect } from 'preact/hooks';
import type { Customers } from '../../../../contract/customer.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { choose } from '../../state/choose.ts';
import { activeIndex, canShowMore, search, searchFor, showMore } from '../../state/search.ts';
import { draft } from '../../state/state.ts';
import { ProblemCard } from '../problem-card.tsx';
import { CustomerLines } from './customer-lines.tsx';

/** The element id of an option, for `aria-activedescendant`. */
export const optionId = (index: number): string => `customer-${index}`;

const FIELD_TEXTS: Readonly<Record<string, TextKey>> = {
  name: 'fieldName',
  email: 'fieldEmail',
  user_id: 'fieldUserId',
  external_id: 'fieldExternalId',
  username: 'fieldUsername',
  phone_number: 'fieldPhoneNumber',
};

const NoResult = ({ searched }: { searched: Customers['searched'] }) => {
  const fields = searched.fields.map((field) => {
    const key = FIELD_TEXTS[field];
    return key === undefined ? field : message(key);
  });
  const language = document.documentElement.lang;
  const list = new Intl.ListFormat(language).format(fields);
  return (
    <section class="empty">
      <h2>{message('noResultTitle')}</h2>
      <p>
        {searched.total === undefined
          ? message('noResultSearched', [list])
          : message('noResultSearchedTotal', [
              list,
              new Intl.NumberFormat(language).format(searched.total),
            ])}
      </p>
      <p>{message('noResultWhy')}</p>
    </section>
  );
};

const Options = ({ found, stale }: { found: Customers; stale: boolean }) => {
  useEffect(() => {
    document.getElementById(optionId(activeIndex.value))?.scrollIntoView({ block: 'nearest' });
  }, [activeIndex.value]);
  return (
    <div
      id="results"
      class={stale ? 'options stale' : 'options'}
      role="listbox"
      aria-label={message('customersFoundLabel')}
    >
      {found.customers.map((customer, index) => (
        // The keyboard acts on the combobox, which names the active option.
        <div
          key={customer.id}
          id={optionId(index)}
          class="row option"
          role="option"
          tabIndex={-1}
          aria-selected={index === activeIndex.value}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(customer.id)}
          onKeyDown={undefined}
        >
          <CustomerLines customer={customer} />
        </div>
      ))}
    </div>
  );
};

const Skeleton = () => (
  <div class="skeleton" aria-hidden="true">
    {[0, 1, 2, 3].map((row) => (
      <div key={row} class="skeleton-row">
        <span />
        <span />
      </div>
    ))}
  </div>
);

/** What a screen reader is told about the search, and everybody where the list cannot say it. */
const statusText = (): string => {
  const { stage, found } = search.value;
  if (stage === 'too_short') {
    return message('typeMore');
  }
  if (stage === 'searching') {
    return message('searchingStatus');
  }
  if (stage !== 'found' || !found || found.customers.length === 0) {
    return '';
  }
  const count = String(found.customers.length);
  if (found.more) {
    return message('resultCountMore', [count]);
  }
  return count === '1' ? message('resultCountOne') : message('resultCount', [count]);
};

/** What a search found, or why nothing. */
export const Results = () => {
  const { stage, found, problem } = search.value;
  return (
    <section class="results" aria-busy={stage === 'searching'}>
      <p class={stage === 'searching' ? 'status late' : 'status'} role="status">
        {statusText()}
      </p>
      {stage === 'searching' && !found && <Skeleton />}
      {found && found.customers.length > 0 && (
        <Options found={found} stale={stage === 'searching'} />
      )}
      {canShowMore(search.value) && (
        <button
          type="button"
          class="button"
          onClick={() => {
            showMore();
            document.getElementById('search')?.focus();
          }}
        >
          {message('showMore')}
        </button>
      )}
      {stage === 'found' && found?.customers.length === 0 && <NoResult searched={found.searched} />}
      {problem && <ProblemCard problem={problem} onRetry={() => searchFor(draft.value.query, 0)} />}
    </section>
  );
};
