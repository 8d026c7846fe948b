import type { CustomerDetails } from '../../../../contract/customer.ts';
import type { OrganizationId, TargetAppId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';

/** Tells whether this customer can be acted for in this app. */
export const isReachable = (app: TargetApp, customer: CustomerDetails): boolean =>
  app.ways.includes('delegation') && customer.targetAppIds.includes(app.id);

/**
 * Gives the app to start with: the one chosen already, the one launched last for this customer, or
 * the first that the customer can reach.
 */
export const preselectApp = (
  apps: readonly TargetApp[],
  customer: CustomerDetails,
  chosen: TargetAppId | undefined,
  remembered: readonly TargetAppId[],
): TargetAppId | undefined => {
  const reachable = apps.filter((app) => isReachable(app, customer)).map(({ id }) => id);
  const wanted = [...(chosen === undefined ? [] : [chosen]), ...remembered];
  return wanted.find((id) => reachable.includes(id)) ?? reachable[0];
};

/** Gives the organization to start with: the one chosen already, if the app takes it, or the only one there is. */
export const preselectOrganization = (
  app: TargetApp | undefined,
  { organizations }: CustomerDetails,
  chosen: OrganizationId | undefined,
): OrganizationId | undefined => {
  if (!app || app.organizationUsage === 'deny') {
    return undefined;
  }
  if (organizations.some(({ id }) => id === chosen)) {
    return chosen;
  }
  return organizations.length === 1 ? organizations[0]?.id : undefined;
};
