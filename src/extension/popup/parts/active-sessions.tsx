import { ask } from '../../messages/ask.ts';
import type { focusSession } from '../../messages/focus-session.ts';
import type { LaunchStatus } from '../../messages/launch-status.ts';
import { message, type TextKey } from '../../messages/text.ts';
import { createCell } from '../state/cell.ts';
import { end } from '../state/launch-action.ts';
import { onRowKey } from '../state/move-focus.ts';
import { clock } from '../state/state.ts';
import { timeLeft } from '../state/time-left.ts';
import { IsolatedText } from './isolated-text.tsx';

/** The session whose tab turned out to be closed. */
const closedTab = createCell<string | undefined>(undefined);

const CERTAINTY: Partial<Record<LaunchStatus['state'], TextKey>> = {
  opened: 'openedShort',
  landed: 'landedShort',
  confirmed: 'confirmedShort',
};

const show = async (session: LaunchStatus): Promise<void> => {
  const answer = await ask<typeof focusSession>('focus_session', { launchId: session.id });
  if (answer.ok && !answer.value.focused) closedTab.value = session.id;
};

const Session = ({ session }: { session: LaunchStatus }) => (
  <li class="session">
    <button
      type="button"
      class="session-open"
      data-row
      title={message('showTab')}
      onClick={() => void show(session)}
      onKeyDown={onRowKey}
    >
      <span id={`session-${session.id}`}>
        <IsolatedText class="customer-name" text={session.customerName} />
      </span>
      <span class="session-second">
        <IsolatedText text={session.targetAppName} />
        <span>{message(CERTAINTY[session.state] ?? 'unverifiedShort')}</span>
        {session.sessionEndsAt !== undefined && (
          <span class="time-left">{timeLeft(Date.parse(session.sessionEndsAt), clock.value)}</span>
        )}
      </span>
    </button>
    <button
      type="button"
      class="button small"
      aria-describedby={`session-${session.id}`}
      onClick={() => void end(session.id)}
    >
      {message('endSession')}
    </button>
    {closedTab.value === session.id && (
      <p class="session-note" role="status">
        {message('tabGone')}
      </p>
    )}
  </li>
);

/** The customers that this browser is signed in as, with the time left. */
export const ActiveSessions = ({ sessions }: { sessions: readonly LaunchStatus[] }) => (
  <section class="acting">
    <h2 id="active-sessions" class="list-title">
      {message('activeSessions')}
    </h2>
    <ul aria-labelledby="active-sessions">
      {sessions.map((session) => (
        <Session key={session.id} session={session} />
      ))}
    </ul>
  </section>
);
