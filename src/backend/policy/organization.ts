import type { OrganizationId } from '../../contract/ids.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { CatalogedApp } from '../ports/tenant.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Refuses an organization that is missing, not wanted by the app, or not the customer's. */
export const refuseOrganization = (
  customer: LoadedCustomer,
  app: CatalogedApp,
  organizationId: OrganizationId | undefined,
): Refusal | undefined => {
  if (organizationId === undefined) {
    return app.organizationUsage === 'require'
      ? refuse('organization_required', 'This app is used within an organization.')
      : undefined;
  }
  if (app.organizationUsage === 'deny') {
    return refuse('organization_not_allowed', 'This app is not used within organizations.');
  }
  return customer.organizations.some(({ id }) => id === organizationId)
    ? undefined
    : refuse('organization_not_member', 'The customer does not belong to this organization.');
};
