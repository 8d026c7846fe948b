import { displayText } from '../../messages/texts/display-text.ts';
import { problemText } from '../../messages/texts/problem-text.ts';
import { message } from '../../messages/texts/text.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import { focusOnMount } from '../state/keyboard/focus-on-mount.ts';
import { canPassOnRetry } from '../state/launch/retry.ts';
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
          {problem.requestId !== '' && (
            <>
              <dt>{message('requestId')}</dt>
              <dd>{displayText(problem.requestId)}</dd>
            </>
          )}
          <dt>{message('backendSays')}</dt>
          <dd lang="en">{displayText(problem.detail)}</dd>
        </>
      )}
    </dl>
  );
};

/** Says what happened, why, and what to do; with a way to try again where that can help. */
export const ProblemCard = ({
  problem,
  onRetry,
  takesFocus = false,
}: {
  problem: ProblemReport;
  onRetry?: () => void;
  takesFocus?: boolean;
}) => {
  const { title, detail, action } = problemText(problem);
  return (
    <section class="problem" role="alert">
      <h2 tabIndex={-1} ref={takesFocus ? focusOnMount : null}>
        <WarningIcon />
        {displayText(title)}
      </h2>
      <p>{displayText(detail)}</p>
      <p>
        <strong>{message('whatToDo')}: </strong>
        {displayText(action)}
      </p>
      <Reference problem={problem} />
      {onRetry && canPassOnRetry(problem) && (
        <button type="button" class="button" onClick={onRetry}>
          {message('retry')}
        </button>
      )}
    </section>
  );
};
