import type { LaunchRules } from '../policy/launch-decision.ts';
import type { Agent } from '../ports/agent.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerDirectory } from '../ports/customer-directory.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Tenant } from '../ports/tenant.ts';

/** Customers and apps as they were at most 30 seconds ago: good enough for a preview, never for a launch. */
export type RecentFacts = {
  readonly customer: CustomerDirectory['load'];
  readonly app: Tenant['apps']['load'];
};

/** What the launch use cases work with. */
export type LaunchDependencies = {
  readonly identityProvider: IdentityProvider;
  readonly customers: CustomerDirectory;
  readonly tenant: Tenant;
  readonly recentFacts: RecentFacts;
  readonly ledger: Ledger;
  readonly rules: LaunchRules;
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
