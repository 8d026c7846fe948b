import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { inSentence } from '../../messages/texts/display-text.ts';
import { message } from '../../messages/texts/text.ts';
import { extensionProblem, type ProblemReport } from '../../messages/wire/problem.ts';
import { LaunchSummary } from '../parts/launch-outcome/launch-summary.tsx';
import { Steps } from '../parts/launch-outcome/steps.tsx';
import { TryAgain } from '../parts/launch-outcome/try-again.tsx';
import { WayOut } from '../parts/launch-outcome/way-out.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { actionProblem, dismiss } from '../state/launch/launch-action.ts';
import { canPassOnRetry } from '../state/launch/retry.ts';
import { cancel } from '../state/launch-panel/change-launch.ts';
import { Ended, Ending } from './ended.tsx';
import { Launched } from './launched.tsx';
import { NotLanded } from './not-landed.tsx';

const LAUNCH_STEPS = ['identity', 'backend', 'tab'] as const;

const clearingText = ({ replaces, step }: LaunchStatus): string | undefined => {
  if (replaces !== undefined) {
    return message('stepReplacing', [inSentence(replaces)]);
  }
  return step === 'clearing' ? message('stepClearing') : undefined;
};

/** Which step of a launch is under way; it can be stopped until the tab is open. */
const Launching = ({ launch }: { launch: LaunchStatus }) => {
  const clearing = clearingText(launch);
  const first = [
    ...(launch.signsInAgain ? [message('stepSignIn')] : []),
    ...(clearing === undefined ? [] : [clearing]),
  ];
  const step = LAUNCH_STEPS.findIndex((name) => name === (launch.step ?? 'identity'));
  const firstStep = launch.step === 'sign_in' ? 0 : first.length - 1;
  return (
    <section class="outcome" aria-busy="true">
      <ViewHeading>{message('launchingTitle', [inSentence(launch.targetAppName)])}</ViewHeading>
      <LaunchSummary launch={launch} />
      <Steps
        steps={[...first, message('stepIdentity'), message('stepBackend'), message('stepTab')]}
        current={step < 0 ? firstStep : first.length + step}
      />
      <button type="button" class="button" onClick={() => void cancel(launch)}>
        {message('cancelLaunch')}
      </button>
    </section>
  );
};

const problemOf = ({ problem }: LaunchStatus): ProblemReport =>
  problem ?? extensionProblem('interrupted');

const isBlocked = ({ problem }: LaunchStatus): boolean =>
  problem?.source === 'extension' && problem.code === 'existing_session';

/** The launch did not go through, or not as far as anybody saw: what happened, and to do it again or differently. */
const Failed = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    <LaunchSummary launch={launch} />
    <ProblemCard problem={problemOf(launch)} takesFocus />
    <div class="buttons">
      {isBlocked(launch) && <WayOut launch={launch} />}
      <TryAgain launch={launch} canWork={canPassOnRetry(problemOf(launch))} />
      {!launch.request && (
        <button type="button" class="button" onClick={() => void dismiss(launch.id)}>
          {message('back')}
        </button>
      )}
    </div>
  </section>
);

/** How a launch goes, whichever state it is in. */
export const LaunchView = ({ launch }: { launch: LaunchStatus }) => {
  if (launch.ending) {
    return <Ending launch={launch} />;
  }
  switch (launch.state) {
    case 'requested':
    case 'issued':
      return <Launching launch={launch} />;
    case 'opened':
    case 'landed':
    case 'confirmed':
    case 'unconfirmed':
      return (
        <>
          {actionProblem.value && <ProblemCard problem={actionProblem.value} />}
          <Launched launch={launch} />
        </>
      );
    case 'ended':
      return <Ended launch={launch} />;
    case 'refused':
    case 'failed':
      return <Failed launch={launch} />;
    case 'interrupted':
    case 'not_landed':
      if (launch.tenantSession !== undefined && launch.standing === 'not_verified') {
        return <Launched launch={launch} />;
      }
      return launch.problem ? <Failed launch={launch} /> : <NotLanded launch={launch} />;
  }
};
