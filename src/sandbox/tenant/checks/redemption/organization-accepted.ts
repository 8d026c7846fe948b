import { organizationAdmits } from '../authorize/organization-admits.ts';
import { organizationUsage } from '../authorize/organization-usage.ts';
import { type RedemptionCheck, refusedDelegation } from './redemption-check.ts';

/**
 * There is no organization picker: it must be in the request where the app requires one, and admit
 * the customer through the token's connection.
 *
 * @see Auth0, "Session Delegation", organizations
 */
export const organizationAccepted: RedemptionCheck = ({ context, request, token, user }) => {
  const error =
    organizationUsage(request, context) ??
    (user && organizationAdmits(request.organization, user, token.connection));
  if (!error) {
    return undefined;
  }
  return refusedDelegation(
    context,
    error.error,
    error.type ?? 'organization-not-accepted',
    error.description,
  );
};
