import type { TenantContext } from '../context.ts';
import { endSession } from './end-session.ts';

/**
 * Ends every refresh token of a family, and every session that came from it by Native to Web.
 *
 * @see Auth0 documentation, "Native to Web SSO", cascade revocation
 */
export const revokeFamily = (context: TenantContext, family: string): void => {
  const { memory } = context;
  for (const [token, record] of memory.refreshTokens) {
    if (record.family === family) {
      memory.refreshTokens.delete(token);
    }
  }
  for (const session of [...memory.sessions.values()]) {
    if (session.refreshFamily === family) {
      endSession(context, session, 'session-revoked');
    }
  }
};
