import { message } from '../messages/text.ts';
import { FirstRun } from './first-run.tsx';
import { Header } from './header.tsx';
import { LaunchPanel } from './launch-panel.tsx';
import { LaunchView } from './launch-view.tsx';
import { Notice } from './notice.tsx';
import { ProblemCard } from './problem-card.tsx';
import { SearchView } from './search-view.tsx';
import { SignInView } from './sign-in-view.tsx';
import { draft, isUnderWay, load, online, shownLaunch, snapshot, startProblem } from './state.ts';
import { shownSubject } from './subject.ts';
import { SubjectView } from './subject-view.tsx';

const View = () => {
  const current = snapshot.value;
  if (!current)
    return startProblem.value ? (
      <ProblemCard problem={startProblem.value} onRetry={() => void load()} />
    ) : null;
  if (current.signIn.state === 'signed_in') {
    const launch = shownLaunch();
    const subject = shownSubject();
    if (subject && !(launch && isUnderWay(launch))) return <SubjectView subject={subject} />;
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
