import type { CustomerId } from '../../../contract/ids.ts';
import type { Prefill } from '../../messages/entry-points/prefill.ts';
import type { takePrefill } from '../../messages/entry-points/take-prefill.ts';
import { EMPTY_DRAFT } from '../../messages/launch/empty-draft.ts';
import { ask } from '../../messages/wire/ask.ts';
import { createCell } from './cell.ts';
import { searchFor } from './search.ts';
import { changeDraft, draft, followedLaunch, snapshot } from './state.ts';

/** The id of the prefill that this view asked to take over. Another view may have taken it first. */
const asked = createCell<string | undefined>(undefined);

/** What the agent began outside of the panel, until a view has taken it over. */
export const shownPrefill = (): Prefill | undefined => {
  const prefill = snapshot.value?.prefill;
  return prefill?.id === asked.value ? undefined : prefill;
};

const take = async (prefill: Prefill): Promise<boolean> => {
  asked.value = prefill.id;
  const answer = await ask<typeof takePrefill>('take_prefill', { id: prefill.id });
  return answer.ok && answer.value.taken;
};

/** Discards the prefill. */
export const leavePrefill = (prefill: Prefill): void => void take(prefill);

/** The agent chose one of several customers. */
export const chooseMatch = async (prefill: Prefill, customerId: CustomerId): Promise<void> => {
  draft.value = { ...EMPTY_DRAFT, customerId };
  changeDraft({});
  await take(prefill);
};

const TAKEN_AT_ONCE: readonly Prefill['state'][] = ['customer', 'search', 'launch'];

/**
 * Takes over a prefill that leaves the agent no choice: a single customer opens the panel, a text is searched for.
 */
export const followPrefill = async (): Promise<void> => {
  const prefill = shownPrefill();
  if (snapshot.value?.signIn.state !== 'signed_in') {
    return;
  }
  if (!prefill || !TAKEN_AT_ONCE.includes(prefill.state) || !(await take(prefill))) {
    return;
  }
  followedLaunch.value = prefill.state === 'launch' ? prefill.launchId : undefined;
  if (prefill.state === 'search') {
    draft.value = EMPTY_DRAFT;
    searchFor(prefill.query, 0);
    return;
  }
  if (prefill.state !== 'customer') {
    return;
  }
  if (snapshot.value && prefill.customer) {
    snapshot.value = { ...snapshot.value, draftCustomer: prefill.customer };
  }
  draft.value = prefill.draft;
  changeDraft({});
};
