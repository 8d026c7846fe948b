import type { Clock } from '../ports/clock.ts';
import type { CustomerDirectory, LoadedCustomer } from '../ports/customer-directory.ts';
import type { CatalogedApp, Tenant } from '../ports/tenant.ts';
import { createRecentAnswers } from '../recent-answers.ts';
import type { RecentFacts } from './dependencies.ts';

const KEPT = { lifetimeMilliseconds: 30_000, capacity: 1_000 };

/** Makes {@link RecentFacts}: whoever was loaded within the last 30 seconds is not loaded again. */
export const createRecentFacts = (
  customers: Pick<CustomerDirectory, 'load'>,
  { apps, agents }: Pick<Tenant, 'apps' | 'agents'>,
  agentRoles: readonly string[],
  clock: Clock,
): RecentFacts => {
  const recentCustomer = createRecentAnswers<LoadedCustomer | undefined>(KEPT, clock);
  const recentRoles = createRecentAnswers<readonly string[]>(KEPT, clock);
  const recentApp = createRecentAnswers<CatalogedApp | undefined>(KEPT, clock);
  return {
    customer: (id) => recentCustomer(id, () => customers.load(id)),
    app: (id) => recentApp(id, () => apps.load(id)),
    agentRoles: (id) =>
      recentRoles(id, async () => {
        const standing = await agents.standing(id);
        return (standing?.roles ?? []).filter((role) => agentRoles.includes(role));
      }),
  };
};
