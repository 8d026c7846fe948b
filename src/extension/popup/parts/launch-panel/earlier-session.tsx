import { useLayoutEffect, useState } from 'preact/hooks';
import { inBackground } from '../../../in-background.ts';
import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import type { getSessionTabs } from '../../../messages/session/get-session-tabs.ts';
import { displayText, inSentence } from '../../../messages/texts/display-text.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { ask } from '../../../messages/wire/ask.ts';
import { Notice } from '../notice.tsx';
import { KeepBoth } from './keep-both.tsx';

type Tabs = { readonly titles: readonly string[]; readonly complete: boolean };

const MAX_NAMED = 3;

/** The first titles, each once with the number of tabs that have it, and how many tabs there are besides. */
const nameTabs = (titles: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const title of titles.map(displayText)) {
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const named = [...counts].slice(0, MAX_NAMED);
  const more = [...counts].slice(MAX_NAMED).reduce((sum, [, count]) => sum + count, 0);
  const texts = named.map(([title, count]) => (count === 1 ? title : `${title} (${count})`));
  return [...texts, ...(more > 0 ? [`+${more}`] : [])].join(' · ');
};

/** How to say that a launch ends a session: no more is claimed of it than somebody saw. */
const endsText = ({ standing, customerId }: LaunchStatus, launchedFor: string): TextKey => {
  if (standing !== 'acting') {
    return 'endsUnverified';
  }
  return customerId === launchedFor ? 'secondAppEnds' : 'endsFirst';
};

/** Says which session a launch for a customer ends, and which tabs are closed with it; offers to keep both. */
export const EarlierSession = ({
  session,
  customerId,
}: {
  session: LaunchStatus;
  customerId: string;
}) => {
  const [{ titles, complete }, setTabs] = useState<Tabs>({ titles: [], complete: true });
  useLayoutEffect(() => {
    const read = ask<typeof getSessionTabs>('get_session_tabs', { launchId: session.id }).then(
      (answer) => answer.ok && setTabs(answer.value),
    );
    inBackground(read, 'reading the tabs of a session');
  }, [session.id]);
  const app = inSentence(session.targetAppName);
  const shown = titles.filter(Boolean);
  const sentences = [
    message(endsText(session, customerId), [inSentence(session.customerName), app]),
    ...(session.openIn === 'private_window' ? [message('privateShared')] : []),
    ...(shown.length > 0 ? [message('closesTabs', [nameTabs(shown)])] : []),
    ...(complete ? [] : [message('otherTabsUnseen', [app])]),
  ];
  return (
    <Notice text={sentences.join(' ')}>
      <KeepBoth />
    </Notice>
  );
};
