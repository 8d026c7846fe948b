import type { InteractionCheck } from './interaction-check.ts';

/** The user's flag that stands for a tenant's multi-factor policy: `app_metadata` of this name, true. */
const FLAG = 'multifactor_required';

/** The tenant's policy that asks everybody. @see Auth0 Management API v2, `guardian/policies` */
const EVERYBODY = 'all-applications';

/** A flagged user, or by policy everybody, gives a second factor once a session. @see Auth0 documentation, "Multi-Factor Authentication" */
export const multifactorNeeded: InteractionCheck = ({ context, user, methods }) =>
  (user.app_metadata[FLAG] === true ||
    context.directory.data.guardianPolicies.includes(EVERYBODY)) &&
  !methods.some(({ name }) => name === 'mfa')
    ? 'multifactor'
    : undefined;
