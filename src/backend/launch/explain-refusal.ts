import type { LoadedCustomer } from '../ports/customer-directory.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { LaunchDependencies } from './dependencies.ts';

/** What the tenant answers when the requesting application cannot reach a customer, without naming the cause. */
const UNEXPLAINED: readonly Refusal['code'][] = ['exchange_refused', 'policy_denied'];

/**
 * Names the one cause that Auth0 keeps to itself when it refuses an exchange: the customer's connection is
 * not enabled on the requesting application. Any other refusal stays as it is. Never rejects.
 * @see Auth0 "Session Delegation"
 */
export const explainRefusal = async (
  { tenant, log }: LaunchDependencies,
  requestId: string,
  { connection }: LoadedCustomer,
  refusal: Refusal,
): Promise<Refusal> => {
  if (!UNEXPLAINED.includes(refusal.code)) {
    return refusal;
  }
  try {
    return (await tenant.settings.requestingConnections()).includes(connection)
      ? refusal
      : refuse(
          'exchange_refused',
          `The customer's connection "${connection}" is not enabled on the requesting application. The platform team must enable it on the backend's client.`,
        );
  } catch (error) {
    const cause = error instanceof Error ? error.name : 'unknown';
    log.warn('refusal_not_explained', { requestId, cause });
    return refusal;
  }
};
