import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { onRowKey } from '../../state/keyboard/move-focus.ts';
import { focusTab, openAgain } from '../../state/launch/launch-action.ts';
import { clock } from '../../state/state.ts';
import { timeLeft } from '../../state/time/time-left.ts';
import { EndButton, SessionButton } from './session-actions.tsx';
import { SessionList } from './session-list.tsx';
import { SessionName, SessionPlace } from './session-name.tsx';

/** How it is known that the agent acts as the customer there. */
const evidenceOf = ({ state, landedBy }: LaunchStatus): TextKey => {
  if (state === 'confirmed') {
    return 'confirmedShort';
  }
  if (landedBy === 'agent') {
    return 'saidShort';
  }
  return state === 'unconfirmed' ? 'seenShort' : 'landedShort';
};

const Description = ({ session }: { session: LaunchStatus }) => (
  <>
    <SessionName session={session} />
    <span class="session-second">
      <SessionPlace session={session} />
      <span>{message(evidenceOf(session))}</span>
      {session.sessionEndsAt !== undefined && (
        <span class="time-left">{timeLeft(Date.parse(session.sessionEndsAt), clock.value)}</span>
      )}
    </span>
  </>
);

const Session = ({ session }: { session: LaunchStatus }) => (
  <li class={session.landedBy === 'agent' ? 'session said' : 'session'}>
    {session.openIn === undefined ? (
      <span class="session-open">
        <Description session={session} />
      </span>
    ) : (
      <button
        type="button"
        class="session-open"
        data-row
        title={message('showTab')}
        onClick={() => void focusTab(session)}
        onKeyDown={onRowKey}
      >
        <Description session={session} />
      </button>
    )}
    {session.tab === 'closed' && (
      <p class="session-note" role="status">
        {message('tabGone')}
      </p>
    )}
    <span class="session-buttons">
      {session.tab === 'closed' && (
        <SessionButton session={session} label="openAgain" onPress={openAgain} />
      )}
      <EndButton session={session} />
    </span>
  </li>
);

/** The customers that somebody saw the agent signed in as, with the time left. */
export const ActiveSessions = ({ sessions }: { sessions: readonly LaunchStatus[] }) => (
  <SessionList id="active-sessions" title="activeSessions" isActing>
    {sessions.map((session) => (
      <Session key={session.id} session={session} />
    ))}
  </SessionList>
);
