import { neededInteraction } from '../interaction/needed-interaction.ts';
import { type RedemptionCheck, refusedDelegation } from './redemption-check.ts';

/**
 * Nobody is there to give the customer's second factor or consent. @see Auth0, "Session Delegation"
 */
export const noInteractionNeeded: RedemptionCheck = ({ context, request, user }) => {
  const interaction =
    user && neededInteraction({ context, client: request.client, user, methods: [] });
  if (!interaction) {
    return undefined;
  }
  return interaction === 'multifactor'
    ? refusedDelegation(
        context,
        'interaction_required',
        'multifactor-required',
        'Multi-factor authentication is required.',
      )
    : refusedDelegation(
        context,
        'interaction_required',
        'consent-required',
        'The consent of the user is required.',
      );
};
