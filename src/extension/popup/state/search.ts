import type { Customers } from '../../../contract/customer.ts';
import {
  SEARCH_DEFAULT_RESULTS,
  SEARCH_MAX_CHARACTERS,
  SEARCH_MAX_RESULTS,
  SEARCH_MIN_CHARACTERS,
} from '../../../contract/search-limits.ts';
import { inBackground } from '../../in-background.ts';
import type { searchCustomers } from '../../messages/customers/search-customers.ts';
import { ask } from '../../messages/wire/ask.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import { createCell } from './cell.ts';
import { choose } from './choose.ts';
import { changeDraft, draft } from './state.ts';

/** How far a search is. While a new one runs, the last results stay. */
export type SearchState = {
  readonly stage: 'idle' | 'too_short' | 'searching' | 'found' | 'failed';
  readonly found?: Customers;
  readonly problem?: ProblemReport;
};

/** The search that is shown. */
export const search = createCell<SearchState>({ stage: 'idle' });

/** The option that Enter takes. */
export const activeIndex = createCell(0);

/** Waits this long after a key, in milliseconds, so that fast typing causes one request. */
const DEBOUNCE_MILLISECONDS = 120;

let timer: ReturnType<typeof setTimeout> | undefined;
let latest = 0;

/** Enter was pressed while the search was still running: its first result is chosen when it comes. */
let isEnterWaiting = false;

const lookUp = async (query: string, limit: number, active: number): Promise<void> => {
  latest += 1;
  const mine = latest;
  const answer = await ask<typeof searchCustomers>('search_customers', { query, limit });
  // The agent has typed on since: this answer would show the wrong people.
  if (mine !== latest) {
    return;
  }
  activeIndex.value = active;
  search.value = answer.ok
    ? { stage: 'found', found: answer.value }
    : { stage: 'failed', problem: answer.problem };
  if (isEnterWaiting) {
    chooseActive();
  }
};

/** What Enter does: takes the active result, or waits for the results of what was typed. */
export const chooseActive = (): void => {
  const { stage, found } = search.value;
  isEnterWaiting = stage === 'searching';
  const customer = stage === 'found' ? found?.customers[activeIndex.value] : undefined;
  if (customer) {
    choose(customer.id);
  }
};

/** Takes what is in the search field; asks the backend from two characters on. */
export const searchFor = (text: string, delay = DEBOUNCE_MILLISECONDS): void => {
  const query = text.slice(0, SEARCH_MAX_CHARACTERS);
  if (query !== draft.value.query) {
    changeDraft({ query });
  }
  clearTimeout(timer);
  isEnterWaiting = false;
  const term = query.trim();
  if ([...term].length < SEARCH_MIN_CHARACTERS) {
    latest += 1;
    search.value = { stage: term === '' ? 'idle' : 'too_short' };
    return;
  }
  const { found } = search.value;
  search.value = { stage: 'searching', ...(found && { found }) };
  timer = setTimeout(() => void lookUp(term, SEARCH_DEFAULT_RESULTS, 0), delay);
};

/** Whether there are customers that were not shown and can be. */
export const canShowMore = ({ stage, found }: SearchState): boolean =>
  stage === 'found' && found?.more === true && found.customers.length < SEARCH_MAX_RESULTS;

/** Searches again with the largest limit. The first customer that was not shown before becomes active. */
export const showMore = (): void => {
  const { found } = search.value;
  search.value = { stage: 'searching', ...(found && { found }) };
  const query = draft.value.query.trim();
  inBackground(lookUp(query, SEARCH_MAX_RESULTS, found?.customers.length ?? 0), 'searching on');
};
