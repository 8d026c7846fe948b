import { displayText } from '../../messages/display-text.ts';
import type { EndVerdict, LaunchStatus } from '../../messages/launch-status.ts';
import { message, type TextKey } from '../../messages/text.ts';
import { CookieOffer } from '../parts/cookie-offer.tsx';
import { HistoryOffer } from '../parts/history-offer.tsx';
import { DoneIcon, InfoIcon, WarningIcon } from '../parts/icons.tsx';
import { LaunchSummary } from '../parts/launch-summary.tsx';
import { Steps } from '../parts/steps.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { dismiss } from '../state/launch-action.ts';
import { appOf } from '../state/state.ts';

const ENDING_STEPS = ['app', 'login_domain', 'tenant'] as const;

/** Which step of signing out is under way. */
export const Ending = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome" aria-busy="true">
    <ViewHeading>{message('endingTitle')}</ViewHeading>
    <LaunchSummary launch={launch} />
    <Steps
      steps={[
        message('endingApp', [displayText(launch.targetAppName)]),
        message('endingLoginDomain'),
        message('endingTenant'),
      ]}
      current={ENDING_STEPS.indexOf(launch.ending ?? 'app')}
    />
  </section>
);

const TITLES: Partial<Record<NonNullable<LaunchStatus['cause']>, TextKey>> = {
  supervisor: 'endedBySupervisor',
  expired: 'endedExpired',
};

const TENANT: Readonly<Record<EndVerdict['tenant'], TextKey>> = {
  gone: 'checkTenantGone',
  still_there: 'checkTenantStill',
  not_in_plan: 'checkTenantNotInPlan',
  pending: 'checkTenantPending',
  unknown: 'checkTenantUnknown',
  unreachable: 'checkTenantUnreachable',
};
const BROWSER: Readonly<Record<EndVerdict['browser'], TextKey>> = {
  signed_out: 'checkBrowserOut',
  still_signed_in: 'checkBrowserStill',
  not_seen: 'checkBrowserNotSeen',
  not_reached: 'checkBrowserNotReached',
};

/** One place that was looked at: a tick for over, a warning for not over, else not known. */
const Check = ({ text, isOver }: { text: string; isOver: boolean | undefined }) => {
  const Mark = isOver ? DoneIcon : isOver === false ? WarningIcon : InfoIcon;
  return (
    <li class="certainty">
      <Mark />
      <span>{text}</span>
    </li>
  );
};

const verdictOf = ({ result, tenant }: EndVerdict): TextKey => {
  if (result === 'still_signed_in') {
    return 'verdictStill';
  }
  if (result === 'signed_out') {
    return tenant === 'gone' ? 'verdictTenant' : 'verdictBrowser';
  }
  return 'verdictUnverified';
};

const Checks = ({ check }: { check: EndVerdict }) => (
  <>
    <p class="verdict">{message(verdictOf(check))}</p>
    <ul class="checks">
      <Check
        text={message(TENANT[check.tenant])}
        isOver={check.tenant === 'gone' ? true : check.tenant === 'still_there' ? false : undefined}
      />
      <Check
        text={message(BROWSER[check.browser])}
        isOver={check.browser.startsWith('not_') ? undefined : check.browser === 'signed_out'}
      />
    </ul>
  </>
);

/** One thing to allow at a time: whether it is over matters more than what the launch left behind. */
const NextOffer = ({ launch }: { launch: LaunchStatus }) => {
  const app = appOf(launch.targetAppId);
  if (app && launch.verdict?.browser === 'not_seen')
    return <CookieOffer app={app} why="letCookiesWhy" />;
  return <HistoryOffer launch={launch} />;
};

const isDoubtful = ({ verdict }: LaunchStatus): boolean =>
  verdict?.result === 'still_signed_in' ||
  (verdict?.browser === 'not_reached' && verdict.result !== 'signed_out');

const titleOf = (launch: LaunchStatus): TextKey => {
  if (isDoubtful(launch)) return 'endedDoubtful';
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
    {launch.verdict && <Checks check={launch.verdict} />}
    <p class="hint">{message('endedTokens')}</p>
    <NextOffer launch={launch} />
    <button type="button" class="button primary" onClick={() => void dismiss(launch.id)}>
      {message('doneButton')}
    </button>
  </section>
);
