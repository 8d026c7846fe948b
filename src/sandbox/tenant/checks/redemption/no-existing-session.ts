import type { RedemptionCheck } from './redemption-check.ts';

/** Any session of this browser on this domain blocks a delegation. @see Auth0, "Session Delegation" */
export const noExistingSession: RedemptionCheck = ({ context, existing }) =>
  existing
    ? {
        answer: 'error_page',
        error: 'existing_session',
        type: 'existing-session',
        description: 'This browser is already signed in here. Log out first, then start again.',
        status: context.choices.existingSessionStatus,
      }
    : undefined;
