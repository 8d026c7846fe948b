import { useLayoutEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../../contract/target-app.ts';
import { ask } from '../../messages/ask.ts';
import { displayText } from '../../messages/display-text.ts';
import type { getSessionTabs } from '../../messages/get-session-tabs.ts';
import type { LaunchStatus, OpenIn } from '../../messages/launch-status.ts';
import { message } from '../../messages/text.ts';
import { appOf, chosenOpenIn, snapshot } from '../state/state.ts';
import { Notice } from './notice.tsx';

/** The agent's own session that a launch into this app would run into; a container is always new. */
const sessionInTheWay = (app: TargetApp, openIn: OpenIn): LaunchStatus | undefined =>
  snapshot.value?.sessions.find(
    (session) =>
      openIn !== 'container' &&
      session.openIn === openIn &&
      appOf(session.targetAppId)?.loginDomain === app.loginDomain,
  );

type Tabs = { readonly titles: readonly string[]; readonly complete: boolean };

const MAX_NAMED = 3;

/** The first titles, each once with the number of tabs that have it, and how many tabs there are besides. */
const nameTabs = (titles: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const title of titles.map(displayText)) counts.set(title, (counts.get(title) ?? 0) + 1);
  const named = [...counts].slice(0, MAX_NAMED);
  const more = [...counts].slice(MAX_NAMED).reduce((sum, [, count]) => sum + count, 0);
  const texts = named.map(([title, count]) => (count === 1 ? title : `${title} (${count})`));
  return [...texts, ...(more > 0 ? [`+${more}`] : [])].join(' · ');
};

const InTheWay = ({ session }: { session: LaunchStatus }) => {
  const [{ titles, complete }, setTabs] = useState<Tabs>({ titles: [], complete: true });
  useLayoutEffect(() => {
    void ask<typeof getSessionTabs>('get_session_tabs', { launchId: session.id }).then(
      (answer) => answer.ok && setTabs(answer.value),
    );
  }, [session.id]);
  const app = displayText(session.targetAppName);
  const isPrivate = session.openIn === 'private_window';
  const shown = titles.filter(Boolean);
  const sentences = [
    ...(isPrivate ? [message('privateShared')] : []),
    message('endsFirst', [displayText(session.customerName), app]),
    ...(shown.length > 0 ? [message('closesTabs', [nameTabs(shown)])] : []),
    ...(complete ? [] : [message('otherTabsUnseen', [app])]),
  ];
  return <Notice text={sentences.join(' ')} />;
};

/** Says which session of one's own a launch ends, and which tabs are closed with it. */
export const EarlierSession = ({ app }: { app: TargetApp | undefined }) => {
  const earlier = app && sessionInTheWay(app, chosenOpenIn());
  return earlier ? <InTheWay key={earlier.id} session={earlier} /> : null;
};
