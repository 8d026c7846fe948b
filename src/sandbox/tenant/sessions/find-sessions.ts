import type { TenantContext } from '../context.ts';
import type { Session } from '../memory.ts';

const liveSessions = ({ memory, clock }: TenantContext): Session[] =>
  [...memory.sessions.values()].filter((session) => session.expiresAt > clock());

/** The session with an id, the `sid` of its tokens, while it lasts. */
export const findSession = (context: TenantContext, id: string): Session | undefined =>
  liveSessions(context).find((session) => session.id === id);

/** A user's sessions on every domain, the newest first. */
export const sessionsOf = (context: TenantContext, userId: string): Session[] =>
  liveSessions(context)
    .filter((session) => session.userId === userId)
    .toReversed();
