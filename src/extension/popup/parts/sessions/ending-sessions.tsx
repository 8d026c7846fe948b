import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message } from '../../../messages/texts/text.ts';
import { SessionList } from './session-list.tsx';
import { SessionName, SessionPlace } from './session-name.tsx';

/** Sessions that are being signed out, and those whose end the tenant has not shown yet. */
export const EndingSessions = ({ sessions }: { sessions: readonly LaunchStatus[] }) => (
  <SessionList id="ending" title="endingListTitle">
    {sessions.map((session) => (
      <li key={session.id} class="session">
        <span class="session-open">
          <SessionName session={session} />
          <span class="session-second">
            <SessionPlace session={session} />
            <span>{message(session.ending ? 'bannerEnding' : 'stillLookedForShort')}</span>
          </span>
        </span>
      </li>
    ))}
  </SessionList>
);
