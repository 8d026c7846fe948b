import { message } from '../messages/text.ts';
import { Header } from './parts/header.tsx';
import { Notice } from './parts/notice.tsx';
import { ProblemCard } from './parts/problem-card.tsx';
import { shownPrefill } from './state/prefill.ts';
import {
  draft,
  isUnderWay,
  load,
  online,
  shownLaunch,
  snapshot,
  startProblem,
} from './state/state.ts';
import { FirstRun } from './views/first-run.tsx';
import { LaunchPanel } from './views/launch-panel.tsx';
import { LaunchView } from './views/launch-view.tsx';
import { PrefillView } from './views/prefill-view.tsx';
import { SearchView } from './views/search-view.tsx';
import { SignInView } from './views/sign-in-view.tsx';

const View = () => {
  const current = snapshot.value;
  if (!current)
    return startProblem.value ? (
      <ProblemCard problem={startProblem.value} onRetry={() => void load()} />
    ) : null;
  if (current.signIn.state === 'signed_in') {
    const launch = shownLaunch();
    const prefill = shownPrefill();
    if (prefill && !(launch && isUnderWay(launch))) return <PrefillView prefill={prefill} />;
    if (launch) return <LaunchView launch={launch} />;
    if (draft.value.customerId !== undefined)
      return <LaunchPanel key={draft.value.customerId} customerId={draft.value.customerId} />;
    return <SearchView current={current} />;
  }
  if (current.backend.origin === undefined) return <FirstRun />;
  return <SignInView current={current} />;
};

/** The popup: the header, and the one view that fits what is known. */
export const App = () => (
  <>
    <Header />
    {!online.value && <Notice title={message('offlineTitle')} text={message('offlineText')} />}
    <main>
      <View />
    </main>
  </>
);
