import type { TenantContext } from '../context.ts';
import type { Session } from '../memory.ts';
import { delegatedLifetimeInSeconds } from '../tokens/issue-tokens.ts';

const ordinaryLifetimeInSeconds = 3 * 24 * 60 * 60;

/** Remembers a new session; a delegated one ends after two hours whatever happens in it. */
export const startSession = (
  context: TenantContext,
  session: Omit<Session, 'id' | 'cookie' | 'createdAt' | 'expiresAt'> & { id?: string },
): Session => {
  const now = context.clock();
  const lifetime = session.actor ? delegatedLifetimeInSeconds : ordinaryLifetimeInSeconds;
  const started: Session = {
    ...session,
    id: session.id ?? context.randomToken(24),
    cookie: context.randomToken(32),
    createdAt: now,
    expiresAt: now + lifetime * 1000,
  };
  context.memory.sessions.set(started.cookie, started);
  return started;
};
