import type { Caller, TenantContext } from '../context.ts';
import type { Session } from '../memory.ts';
import { DELEGATED_LIFETIME_IN_SECONDS } from '../tokens/issue-tokens.ts';

const ORDINARY_LIFETIME_IN_SECONDS = 3 * 24 * 60 * 60;

type NewSession = Pick<
  Session,
  | 'id'
  | 'userId'
  | 'connection'
  | 'actor'
  | 'organizationId'
  | 'refreshFamily'
  | 'fromSessionTransfer'
  | 'methods'
>;

/** Remembers a new session on the caller's domain; a delegated one ends after two hours whatever happens in it. */
export const startSession = (
  context: TenantContext,
  caller: Caller,
  session: NewSession,
): Session => {
  const now = context.clock();
  const lifetime = session.actor ? DELEGATED_LIFETIME_IN_SECONDS : ORDINARY_LIFETIME_IN_SECONDS;
  const started: Session = {
    ...session,
    cookie: context.randomToken(32),
    origin: caller.domain.origin,
    createdAt: now,
    lastInteractedAt: now,
    device: {
      initialIp: caller.ip,
      initialUserAgent: caller.userAgent,
      lastIp: caller.ip,
      lastUserAgent: caller.userAgent,
    },
    clientIds: [],
    metadata: {},
    expiresAt: now + lifetime * 1000,
  };
  context.memory.sessions.set(started.cookie, started);
  return started;
};
