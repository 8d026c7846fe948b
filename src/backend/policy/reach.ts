import type { FoundCustomer } from '../ports/customer-directory.ts';
import type { CatalogedApp } from '../ports/tenant.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Whether the customer's connection is enabled on the app: without it the token cannot redeem. */
export const canReach = (customer: FoundCustomer, app: CatalogedApp): boolean =>
  app.connections.includes(customer.connection);

/** Refuses an app that is not open to delegation, or that this customer cannot sign in to. */
export const refuseReach = (customer: FoundCustomer, app: CatalogedApp): Refusal | undefined => {
  if (!app.ways.includes('delegation')) {
    return refuse('target_app_unavailable', 'Delegated access is not allowed on this app.');
  }
  return canReach(customer, app)
    ? undefined
    : refuse(
        'target_app_unreachable',
        `The connection "${customer.connection}" is not enabled on this app.`,
      );
};
