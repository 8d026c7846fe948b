import { useLayoutEffect } from 'preact/hooks';
import type { RecordMatches } from '../../contract/record.ts';
import { ask } from '../messages/ask.ts';
import { displayText } from '../messages/display-text.ts';
import { problemText } from '../messages/problem-text.ts';
import { retrySubject } from '../messages/retry-subject.ts';
import type { Subject } from '../messages/subject.ts';
import { message, type TextKey } from '../messages/text.ts';
import { CustomerLines } from './customer-lines.tsx';
import { onRowKey } from './move-focus.ts';
import { ProblemCard } from './problem-card.tsx';
import { chooseMatch, leaveSubject } from './subject.ts';
import { ViewHeading } from './view-heading.tsx';

const TRIED: Readonly<Record<RecordMatches['tried']['key'], TextKey>> = {
  user_id: 'triedUserId',
  email: 'triedEmail',
  external_id: 'triedExternalId',
};

/** Several accounts: the agent chooses, with all that tells them apart. */
const Several = ({ subject, matches }: { subject: Subject; matches: RecordMatches }) => {
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
              onClick={() => void chooseMatch(subject, customer.id)}
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

const Failed = ({ subject }: { subject: Extract<Subject, { state: 'failed' }> }) => {
  const { problem, id } = subject;
  if (!CALM_CODES.includes(problem.code))
    return <ProblemCard problem={problem} onRetry={() => void ask(retrySubject, { id })} />;
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
export const SubjectView = ({ subject }: { subject: Subject }) => {
  const matches = subject.state === 'matches' ? subject.matches : undefined;
  const isWaiting = !matches && subject.state !== 'failed';
  const isOver = !isWaiting && !matches?.customers.length;
  return (
    <section class="outcome subject-view" aria-busy={isWaiting} key={subject.state}>
      {matches && matches.customers.length > 0 && <Several subject={subject} matches={matches} />}
      {matches?.customers.length === 0 && <None tried={matches.tried} />}
      {subject.state === 'failed' && <Failed subject={subject} />}
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
        onClick={() => leaveSubject(subject)}
      >
        {message('searchInstead')}
      </button>
    </section>
  );
};
