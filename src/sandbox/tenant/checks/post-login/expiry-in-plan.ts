import type { PostLoginCheck } from './post-login-check.ts';

/** `api.session.setExpiresAt` needs an Enterprise plan. @see Auth0 documentation, post-login API object */
export const expiryInPlan: PostLoginCheck = ({ context, sessionChanges }) =>
  context.conditions.sessionExpiryInPlan || sessionChanges.expiresAt === undefined
    ? undefined
    : 'The tenant may not set the end of a session.';
