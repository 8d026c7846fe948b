import type { CustomerId } from '../../contract/ids.ts';
import { ask } from '../messages/ask.ts';
import { EMPTY_DRAFT } from '../messages/draft.ts';
import type { Subject } from '../messages/subject.ts';
import { takeSubject } from '../messages/take-subject.ts';
import { createCell } from './cell.ts';
import { searchFor } from './search.ts';
import { changeDraft, draft, followedLaunch, snapshot } from './state.ts';

/** The subject that this view has asked for; another view may have been first. */
const asked = createCell<string | undefined>(undefined);

/** Whom the agent pointed at outside, until a view has taken it over. */
export const shownSubject = (): Subject | undefined => {
  const subject = snapshot.value?.subject;
  return subject?.id === asked.value ? undefined : subject;
};

const take = async (subject: Subject): Promise<boolean> => {
  asked.value = subject.id;
  const answer = await ask(takeSubject, { id: subject.id });
  return answer.ok && answer.value.taken;
};

/** Puts the subject away. */
export const leaveSubject = (subject: Subject): void => void take(subject);

/** The agent chose one of several customers. */
export const chooseMatch = async (subject: Subject, customerId: CustomerId): Promise<void> => {
  draft.value = { ...EMPTY_DRAFT, customerId };
  changeDraft({});
  await take(subject);
};

const TAKEN_AT_ONCE: readonly Subject['state'][] = ['customer', 'search', 'launch'];

/** Takes a subject over that leaves nothing to choose: one customer into the panel, a text into the search. */
export const followSubject = async (): Promise<void> => {
  const subject = shownSubject();
  if (snapshot.value?.signIn.state !== 'signed_in') return;
  if (!subject || !TAKEN_AT_ONCE.includes(subject.state) || !(await take(subject))) return;
  followedLaunch.value = subject.state === 'launch' ? subject.launchId : undefined;
  if (subject.state === 'search') {
    draft.value = EMPTY_DRAFT;
    searchFor(subject.query, 0);
    return;
  }
  if (subject.state !== 'customer') return;
  if (snapshot.value && subject.customer)
    snapshot.value = { ...snapshot.value, draftCustomer: subject.customer };
  draft.value = subject.draft;
  changeDraft({});
};
