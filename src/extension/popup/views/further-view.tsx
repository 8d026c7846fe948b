import type { Snapshot } from '../../messages/snapshot.ts';
import { Leftovers } from '../parts/leftovers.tsx';
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
 * Every view but the search, which is what most popups open with, and what stands above its lists only after
 * a restart of the browser: their script is loaded after the search is drawn.
 */
export const FurtherView = ({
  view,
  current,
}: {
  view: Exclude<ShownView, 'search'> | 'leftovers';
  current: Snapshot;
}) => {
  const prefill = shownPrefill();
  const launch = shownLaunch();
  const { customerId } = draft.value;
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
    case 'set_up':
      return <SetUpView apps={current.profile?.targetApps} />;
    case 'panel':
      return customerId === undefined ? null : (
        <LaunchPanel key={customerId} customerId={customerId} />
      );
  }
};
