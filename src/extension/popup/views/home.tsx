import type { reloadProfile } from '../../messages/sign-in/reload-profile.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { RecentList } from '../parts/customers/recent-list.tsx';
import { Notice } from '../parts/notice.tsx';
import { OwnApps } from '../parts/own-apps.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { ActiveSessions } from '../parts/sessions/active-sessions.tsx';
import { EndedElsewhere } from '../parts/sessions/ended-elsewhere.tsx';
import { furtherView } from '../state/further-view-cell.ts';
import { actionProblem } from '../state/launch/launch-action.ts';

/** Before typing: sessions that are open or may be, customers of before, and one's own apps. */
export const Home = ({ current }: { current: Snapshot }) => {
  const { profile, profileProblem, sessions, recents } = current;
  const isEmpty = sessions.length === 0 && recents.length === 0 && !profileProblem;
  const acting = sessions.filter(({ standing }) => standing === 'acting');
  const Further = furtherView.value;
  const mayAct = profile?.me.permissions.includes('impersonate:customers') ?? true;
  return (
    <div class="home">
      <EndedElsewhere />
      {Further && <Further view="leftovers" current={current} />}
      {actionProblem.value && <ProblemCard problem={actionProblem.value} />}
      {profileProblem && (
        <ProblemCard
          problem={profileProblem}
          onRetry={() => void ask<typeof reloadProfile>('reload_profile', {})}
        />
      )}
      {!mayAct && <Notice text={message('cannotAct')} />}
      {Further && <Further view="not_verified" current={current} />}
      {acting.length > 0 && <ActiveSessions sessions={acting} />}
      {Further && <Further view="ending" current={current} />}
      {recents.length > 0 && <RecentList recents={recents} apps={profile?.targetApps ?? []} />}
      {isEmpty && mayAct && (
        <section class="empty">
          <h2>{message('homeEmptyTitle')}</h2>
          <p>{message('homeEmptyText')}</p>
        </section>
      )}
      {profile && <OwnApps apps={profile.targetApps} />}
    </div>
  );
};
