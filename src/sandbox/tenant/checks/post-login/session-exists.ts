import type { PostLoginCheck } from './post-login-check.ts';

/** A session can only be changed where there is one. */
export const sessionExists: PostLoginCheck = ({ hasSession, sessionChanges }) =>
  hasSession ||
  (Object.keys(sessionChanges.metadata).length === 0 && sessionChanges.expiresAt === undefined)
    ? undefined
    : 'The Action changes a session, and there is none.';
