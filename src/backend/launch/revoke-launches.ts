import type { AgentId, CustomerId } from '../../contract/ids.ts';
import type { Permission } from '../../contract/permissions.ts';
import { holdsRole, refuseProtected } from '../policy/protection.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { RecordedLaunch } from '../ports/ledger.ts';
import { createRecentAnswers } from '../recent-answers.ts';
import type { LaunchDependencies } from './dependencies.ts';
import { closeLaunch } from './tenant-session/close-launch.ts';

/** What an agent needs as long as a session lasts. */
const NEEDED: Permission = 'impersonate:customers';
/** Longer than a sweep takes: each agent and each customer is loaded once in it. */
const ONE_SWEEP = { lifetimeMilliseconds: 60_000, capacity: 1_000 };

export type RevocationDependencies = LaunchDependencies & {
  /** Roles that agents hold, one of which an agent must have; none where the company names none. */
  readonly agentRoles: readonly string[];
  /** Asked before each launch: what is left when the process stops is the next sweep's. */
  readonly isStopping: () => boolean;
};

/**
 * Ends the open launches of agents who were blocked or deleted or lost their role or the permission to act as
 * customers, and of customers who became protected or were deleted. A launch about which the tenant cannot be asked
 * stays open until the next sweep. Gives how many were ended.
 * @throws {LedgerUnavailableError}
 */
export const revokeLaunches = async (deps: RevocationDependencies): Promise<number> => {
  const { ledger, tenant, customers, rules, clock, log, agentRoles, isStopping } = deps;
  const recentAgent = createRecentAnswers<boolean>(ONE_SWEEP, clock);
  const recentCustomer = createRecentAnswers<LoadedCustomer | undefined>(ONE_SWEEP, clock);

  const mayAct = async (id: AgentId): Promise<boolean> => {
    const standing = await tenant.agents.standing(id);
    const mayHoldAnyRole = agentRoles.length === 0;
    return (
      standing !== undefined &&
      !standing.isBlocked &&
      (mayHoldAnyRole || holdsRole(standing.roles, agentRoles)) &&
      (await tenant.agents.permissions(id)).includes(NEEDED)
    );
  };
  const mayBeActedFor = async (id: CustomerId, agentId: AgentId): Promise<boolean> => {
    const customer = await recentCustomer(id, () => customers.load(id));
    return customer !== undefined && !refuseProtected(customer, agentId, rules.protection);
  };
  const isAllowed = async ({ launch }: RecordedLaunch): Promise<boolean> => {
    const { agentId, customerId } = launch;
    return (
      (await recentAgent(agentId, () => mayAct(agentId))) &&
      (await mayBeActedFor(customerId, agentId))
    );
  };

  let revoked = 0;
  for (const recorded of await ledger.listOpen(clock())) {
    if (isStopping()) {
      return revoked;
    }
    try {
      if (!(await isAllowed(recorded))) {
        await closeLaunch(deps, recorded, { cause: 'revoked', requestId: 'revocation' });
        revoked += 1;
      }
    } catch (error) {
      const cause = error instanceof Error ? error.name : 'unknown';
      log.warn('revocation_not_checked', { launchId: recorded.launch.id, cause });
    }
  }
  return revoked;
};
