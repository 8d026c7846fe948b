import { type RedemptionCheck, refusedDelegation } from './redemption-check.ts';

/** The customer still exists and is not blocked. */
export const customerAvailable: RedemptionCheck = ({ context, user }) =>
  user && user.blocked !== true
    ? undefined
    : refusedDelegation(
        context,
        'access_denied',
        'user-unavailable',
        'The user does not exist or is blocked.',
      );
