import type { PostLoginCheck } from './post-login-check.ts';

/** `api.session.setMetadata` needs an Enterprise plan. @see Auth0 documentation, "Session Metadata" */
export const metadataInPlan: PostLoginCheck = ({ context, sessionChanges }) =>
  context.conditions.sessionMetadataInPlan || Object.keys(sessionChanges.metadata).length === 0
    ? undefined
    : 'The tenant may not use session metadata.';
