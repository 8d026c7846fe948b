import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { inSentence } from '../../messages/texts/display-text.ts';
import { message, type TextKey } from '../../messages/texts/text.ts';
import { DoneIcon, WarningIcon } from '../parts/icons.tsx';
import { LaunchSummary } from '../parts/launch-outcome/launch-summary.tsx';
import { Steps } from '../parts/launch-outcome/steps.tsx';
import { Verdict } from '../parts/launch-outcome/verdict.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { dismiss } from '../state/launch/launch-action.ts';

const ENDING_STEPS = ['app', 'login_domain', 'tenant'] as const;

/** Which step of signing out is under way. */
export const Ending = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome" aria-busy="true">
    <ViewHeading>{message('endingTitle')}</ViewHeading>
    <LaunchSummary launch={launch} />
    <Steps
      steps={[
        message('endingApp', [inSentence(launch.targetAppName)]),
        message('endingLoginDomain'),
        message('endingTenant'),
      ]}
      current={ENDING_STEPS.indexOf(launch.ending ?? 'app')}
    />
  </section>
);

const TITLES: Partial<Record<NonNullable<LaunchStatus['cause']>, TextKey>> = {
  expired: 'endedExpired',
  replaced: 'endedReplaced',
  revoked: 'endedRevoked',
  signed_out: 'endedSignedOut',
  supervisor: 'endedBySupervisor',
  tab_closed: 'endedTabClosed',
};

/** Tells whether the customer's session may go on: it does, or nobody reached the place where it is. */
const isDoubtful = ({ verdict }: LaunchStatus): boolean =>
  verdict?.result === 'still_signed_in' ||
  (verdict?.browser === 'not_reached' && verdict.result !== 'signed_out');

const titleOf = (launch: LaunchStatus): TextKey => {
  if (isDoubtful(launch)) {
    return 'endedDoubtful';
  }
  return (launch.cause && TITLES[launch.cause]) ?? 'endedTitle';
};

/** The session is over: who ended it if it was not the agent, and how far that was checked. */
export const Ended = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    <ViewHeading>
      {isDoubtful(launch) ? <WarningIcon /> : <DoneIcon />}
      {message(titleOf(launch))}
    </ViewHeading>
    <LaunchSummary launch={launch} />
    {launch.verdict && <Verdict verdict={launch.verdict} />}
    <p class="hint">{message('endedTokens')}</p>
    <button type="button" class="button primary" onClick={() => void dismiss(launch.id)}>
      {message('doneButton')}
    </button>
  </section>
);
