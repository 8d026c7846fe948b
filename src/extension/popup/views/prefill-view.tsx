import { useLayoutEffect } from 'preact/hooks';
import type { RecordMatches } from '../../../contract/record.ts';
import type { Prefill } from '../../messages/entry-points/prefill.ts';
import type { retryPrefill } from '../../messages/entry-points/retry-prefill.ts';
import { displayText } from '../../messages/texts/display-text.ts';
import { problemText } from '../../messages/texts/problem-text.ts';
import { message, type TextKey } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { CustomerLines } from '../parts/customers/customer-lines.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { onRowKey } from '../state/keyboard/move-focus.ts';
import { chooseMatch, leavePrefill } from '../state/prefill.ts';

const TRIED: Readonly<Record<RecordMatches['tried']['key'], TextKey>> = {
  user_id: 'triedUserId',
  email: 'triedEmail',
  external_id: 'triedExternalId',
};

/** Several accounts: the agent chooses, with all that tells them apart. */
const Several = ({ prefill, matches }: { prefill: Prefill; matches: RecordMatches }) => {
  useLayoutEffect(() => document.querySelector<HTMLElement>('[data-row]')?.focus(), []);
  return (
    <>
      <h2 id="matches">{message('matchesTitle')}</h2>
      <p>{message('matchesText')}</p>
      <ul aria-labelledby="matches">
        {matches.customers.map((customer) => (
          <li key={customer.id}>
            <button
              type="button"
              class="row"
              data-row
              onClick={() => void chooseMatch(prefill, customer.id)}
              onKeyDown={onRowKey}
            >
              <CustomerLines customer={customer} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

const None = ({ tried }: Pick<RecordMatches, 'tried'>) => (
  <>
    <ViewHeading>{message('noMatchTitle')}</ViewHeading>
    <p>{message(TRIED[tried.key], [displayText(tried.system ?? message('triedAddress'))])}</p>
    <p>{message('noMatchWhy')}</p>
  </>
);

/** Reasons that are nobody's fault, and that asking again does not change. */
const CALM_CODES: readonly string[] = ['not_a_record', 'no_session_here', 'nothing_to_repeat'];

const Failed = ({ prefill }: { prefill: Extract<Prefill, { state: 'failed' }> }) => {
  const { problem, id } = prefill;
  if (!CALM_CODES.includes(problem.code)) {
    return (
      <ProblemCard
        problem={problem}
        onRetry={() => void ask<typeof retryPrefill>('retry_prefill', { id })}
      />
    );
  }
  const { title, detail, action } = problemText(problem);
  return (
    <>
      <ViewHeading>{title}</ViewHeading>
      <p>{detail}</p>
      <p>{action}</p>
    </>
  );
};

/** Whom the agent pointed at on a page, as far as the backend knows. Nothing of the page's own text. */
export const PrefillView = ({ prefill }: { prefill: Prefill }) => {
  const matches = prefill.state === 'matches' ? prefill.matches : undefined;
  const isWaiting = !matches && prefill.state !== 'failed';
  const isOver = !isWaiting && !matches?.customers.length;
  return (
    <section class="outcome prefill-view" aria-busy={isWaiting} key={prefill.state}>
      {matches && matches.customers.length > 0 && <Several prefill={prefill} matches={matches} />}
      {matches?.customers.length === 0 && <None tried={matches.tried} />}
      {prefill.state === 'failed' && <Failed prefill={prefill} />}
      {isWaiting && (
        <div class="waiting">
          <ViewHeading>{message('resolvingTitle')}</ViewHeading>
          <p>{message('resolvingText')}</p>
          <span class="spinner" aria-hidden="true" />
        </div>
      )}
      <button
        type="button"
        class={isOver ? 'button primary' : 'button'}
        onClick={() => leavePrefill(prefill)}
      >
        {message('searchInstead')}
      </button>
    </section>
  );
};
