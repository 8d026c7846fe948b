import type { Standing } from '../../messages/launch/launch-status.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { EndingSessions } from '../parts/sessions/ending-sessions.tsx';
import { Leftovers } from '../parts/sessions/leftovers.tsx';
import { NotVerified } from '../parts/sessions/not-verified.tsx';
import { shownPrefill } from '../state/prefill.ts';
import type { ShownView } from '../state/shown-view.ts';
import { draft, shownLaunch } from '../state/state.ts';
import { FirstRun } from './first-run.tsx';
import { LaunchPanel } from './launch-panel.tsx';
import { LaunchView } from './launch-view.tsx';
import { PrefillView } from './prefill-view.tsx';
import { SetUpView } from './set-up-view.tsx';
import { SignInView } from './sign-in-view.tsx';

/**
 * Every view but the search, which is what most popups open with, and of the search's lists those that are seldom
 * there: what is left after a restart of the browser, and sessions that nobody has seen or that are being ended. Their script is loaded
 * after the search is drawn.
 */
export const FurtherView = ({
  view,
  current,
}: {
  view: Exclude<ShownView, 'search'> | 'leftovers' | 'not_verified' | 'ending';
  current: Snapshot;
}) => {
  const prefill = shownPrefill();
  const launch = shownLaunch();
  const { customerId } = draft.value;
  const standing = (wanted: Standing) =>
    current.sessions.filter((session) => session.standing === wanted);
  const [notVerified, ending] = [standing('not_verified'), standing('ending')];
  switch (view) {
    case 'first_run':
      return <FirstRun />;
    case 'sign_in':
      return <SignInView current={current} />;
    case 'prefill':
      return prefill ? <PrefillView prefill={prefill} /> : null;
    case 'launch':
      return launch ? <LaunchView launch={launch} /> : null;
    case 'leftovers':
      return <Leftovers />;
    case 'not_verified':
      return notVerified.length > 0 ? <NotVerified sessions={notVerified} /> : null;
    case 'ending':
      return ending.length > 0 ? <EndingSessions sessions={ending} /> : null;
    case 'set_up':
      return <SetUpView apps={current.profile?.targetApps} />;
    case 'panel':
      return customerId === undefined ? null : (
        <LaunchPanel key={customerId} customerId={customerId} />
      );
  }
};
