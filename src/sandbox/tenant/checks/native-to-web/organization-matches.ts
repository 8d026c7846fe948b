import { organizationAdmits } from '../authorize/organization-admits.ts';
import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/** The organization of the request is the token's, where it has one, and lets the user in. @see Auth0, "Native to Web SSO" */
export const organizationMatches: NativeToWebCheck = ({ request, token, user }) => {
  const { organization } = request;
  const differs = token.organizationId !== undefined && token.organizationId !== organization?.id;
  const refused = user && organizationAdmits(organization, user, token.connection);
  return differs || refused ? singleSignOnWarnings.organizationMismatch : undefined;
};
