import { expiryInPlan } from './expiry-in-plan.ts';
import { metadataInPlan } from './metadata-in-plan.ts';
import { metadataWithinLimits } from './metadata-within-limits.ts';
import type { PostLoginCheck } from './post-login-check.ts';
import { sessionExists } from './session-exists.ts';

/** What an Action may do to a session: the place, then the plan, then the limits. */
export const orderedPostLoginChecks: readonly PostLoginCheck[] = [
  sessionExists,
  metadataInPlan,
  expiryInPlan,
  metadataWithinLimits,
];
