import type { SessionChanges } from '../actions/action-results.ts';
import type { Session } from '../memory.ts';

/** Does to a session what a post-login Action asked for; it can end earlier than it would, never later. */
export const changeSession = (
  session: Session,
  { metadata, expiresAt = session.expiresAt }: SessionChanges,
): void => {
  Object.assign(session.metadata, metadata);
  session.expiresAt = Math.min(session.expiresAt, expiresAt);
};
