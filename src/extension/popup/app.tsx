import { message } from '../messages/texts/text.ts';
import { Header } from './parts/header.tsx';
import { Notice } from './parts/notice.tsx';
import { ProblemCard } from './parts/problem-card.tsx';
import { furtherView } from './state/further-view-cell.ts';
import { shownView } from './state/shown-view.ts';
import { load, online, snapshot, startProblem } from './state/state.ts';
import { SearchView } from './views/search-view.tsx';

const View = () => {
  const current = snapshot.value;
  if (!current) {
    return startProblem.value ? (
      <ProblemCard problem={startProblem.value} onRetry={() => void load()} />
    ) : null;
  }
  const view = shownView(current);
  if (view === 'search') {
    return <SearchView current={current} />;
  }
  const Further = furtherView.value;
  return Further ? <Further view={view} current={current} /> : null;
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
