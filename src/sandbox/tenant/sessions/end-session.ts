import type { TenantContext } from '../context.ts';
import type { Session } from '../memory.ts';
import { type LogoutInitiator, notifyClients } from './notify-clients.ts';

/**
 * Ends a session at once. Its clients hear of it by back-channel logout, a moment later; tokens that
 * they already have stay valid.
 *
 * @see Auth0 documentation, "OIDC Back-Channel Logout Initiators"
 */
export const endSession = (
  context: TenantContext,
  session: Session,
  initiator: LogoutInitiator,
): void => {
  if (!context.memory.sessions.delete(session.cookie)) {
    return;
  }
  context.later(0, () => notifyClients(context, session, initiator));
};
