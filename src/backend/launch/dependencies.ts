import type { AgentId } from '../../contract/ids.ts';
import type { LaunchRules } from '../policy/launch-decision.ts';
import type { LocalTime } from '../policy/local-time.ts';
import type { Agent } from '../ports/agent.ts';
import type { Clock } from '../ports/clock.ts';
import type { CompanyPolicy } from '../ports/company-policy.ts';
import type { CustomerDirectory } from '../ports/customer-directory.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Tenant } from '../ports/tenant.ts';
import type { Refusal } from '../refusal.ts';

/** Customers, apps and agents as they were at most 30 seconds ago: good enough for a preview, never for a launch. */
export type RecentFacts = {
  readonly customer: CustomerDirectory['load'];
  readonly app: Tenant['apps']['load'];
  /** The roles that make an agent one, of an agent whose ID token is not at hand. */
  readonly agentRoles: (id: AgentId) => Promise<readonly string[]>;
};

/** What the launch use cases work with. */
export type LaunchDependencies = {
  readonly identityProvider: IdentityProvider;
  readonly customers: CustomerDirectory;
  readonly tenant: Tenant;
  readonly recentFacts: RecentFacts;
  readonly ledger: Ledger;
  readonly rules: LaunchRules;
  /** The company's rules as they are now, or why nothing can be decided by them. */
  readonly companyPolicy: () => CompanyPolicy | Refusal;
  /** The hour and the day where the company is. */
  readonly localTime: (at: Date) => LocalTime;
  /** How late the tenant's log may be. */
  readonly logLagMilliseconds: number;
  /** Has the follower of the tenant's log look at once. */
  readonly lookSoon: () => void;
  readonly clock: Clock;
  readonly log: Log;
};

/** Who asks, from where, under which request id. */
export type Caller = {
  readonly agent: Agent;
  readonly agentIp: string;
  readonly requestId: string;
};
