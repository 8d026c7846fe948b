import type { InteractionCheck } from './interaction-check.ts';

/** The user's flag that stands for a tenant's multi-factor policy: `app_metadata` of this name, true. */
const flag = 'multifactor_required';

/** A flagged user gives a second factor once a session. @see Auth0 documentation, "Multi-Factor Authentication" */
export const multifactorNeeded: InteractionCheck = ({ user, methods }) =>
  user.app_metadata[flag] === true && !methods.some(({ name }) => name === 'mfa')
    ? 'multifactor'
    : undefined;
