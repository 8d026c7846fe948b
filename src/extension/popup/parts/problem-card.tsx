import { displayText } from '../../messages/display-text.ts';
import type { ProblemReport } from '../../messages/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import { message } from '../../messages/text.ts';
import { WarningIcon } from './icons.tsx';

/** The reference that a platform engineer asks for: a code, and the request id if the backend gave one. */
const Reference = ({ problem }: { problem: ProblemReport }) => {
  const code =
    problem.source === 'extension' && problem.oauthError !== undefined
      ? `${problem.code} · ${problem.oauthError}`
      : problem.code;
  return (
    <dl class="reference">
      <dt>{message('errorCode')}</dt>
      <dd>{code}</dd>
      {problem.source === 'backend' && (
        <>
          <dt>{message('requestId')}</dt>
          <dd>{displayText(problem.requestId)}</dd>
        </>
      )}
    </dl>
  );
};

/** Says what happened, why, and what to do; with a way to try again where that makes sense. */
export const ProblemCard = ({
  problem,
  onRetry,
}: {
  problem: ProblemReport;
  onRetry?: () => void;
}) => {
  const { title, detail, action } = problemText(problem);
  return (
    <section class="problem" role="alert">
      <h2>
        <WarningIcon />
        {title}
      </h2>
      <p>{displayText(detail)}</p>
      <p>
        <strong>{message('whatToDo')}: </strong>
        {action}
      </p>
      <Reference problem={problem} />
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {message('retry')}
        </button>
      )}
    </section>
  );
};
