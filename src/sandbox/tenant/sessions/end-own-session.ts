import type { Context } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { TenantClient } from '../model.ts';
import { endSession } from './end-session.ts';
import { clearSessionCookies, currentSession } from './session-cookies.ts';

/** Ends this browser's session on this domain, if it has one; the log names no actor. */
export const endOwnSession = (
  c: Context<TenantEnv>,
  context: TenantContext,
  client: TenantClient | undefined,
): void => {
  const session = currentSession(context, c);
  clearSessionCookies(c);
  if (!session) {
    return;
  }
  endSession(context, session, 'rp-logout');
  context.log.write({
    type: 'slo',
    client,
    user: context.directory.users.get(session.userId),
    sessionId: session.id,
    sessionMetadata: session.metadata,
    ip: c.env.ip,
    hostname: c.var.domain.hostname,
  });
};
