import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { end, focusTab, openAgain } from '../../state/launch/launch-action.ts';

/** A button about one session; a screen reader says the customer's name with it. */
export const SessionButton = ({
  session,
  label,
  of,
  onPress,
  isMain = false,
}: {
  session: LaunchStatus;
  label: TextKey;
  /** What the label is about, where it names something. */
  of?: string;
  onPress: (session: LaunchStatus) => Promise<void>;
  isMain?: boolean;
}) => (
  <button
    type="button"
    class={isMain ? 'button small primary' : 'button small'}
    aria-describedby={`session-${session.id}`}
    onClick={() => void onPress(session)}
  >
    {message(label, of === undefined ? [] : [of])}
  </button>
);

/** Ends the session of a customer. */
export const EndButton = ({ session }: { session: LaunchStatus }) => (
  <SessionButton session={session} label="endSession" onPress={({ id }) => end(id)} />
);

/**
 * Brings the session's tab to the front, or opens the app again where the tab was closed; nothing elsewhere, nor
 * for a private window that the extension is not allowed to see.
 */
export const TabButton = ({ session }: { session: LaunchStatus }) => {
  if (session.openIn === undefined || session.landing === 'hidden') {
    return null;
  }
  return session.tab === 'closed' ? (
    <SessionButton session={session} label="openAgain" onPress={openAgain} />
  ) : (
    <SessionButton session={session} label="goToTab" onPress={focusTab} />
  );
};
