import { vi } from 'vitest';
import type { Caller, LaunchDependencies } from '../../../../src/backend/launch/dependencies.ts';
import { BUILT_IN_POLICY } from '../../../../src/backend/ports/company-policy.ts';
import type { CustomerDirectory } from '../../../../src/backend/ports/customer-directory.ts';
import type {
  ExchangeRequest,
  PreparedExchange,
  VerifiedActor,
  VerifiedActorToken,
} from '../../../../src/backend/ports/identity-provider.ts';
import { createFakeLedger } from '../fake-ledger.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { AGENT, CUSTOMER, NOW, RULES } from '../fixtures.ts';

export const CALLER: Caller = { agent: AGENT, agentIp: '203.0.113.7', requestId: 'r-1' };

/** What an actor token says of an agent who signed in a minute ago. */
export const actorOf = (token: string, changes: Partial<VerifiedActor> = {}): VerifiedActor => ({
  token: token as VerifiedActorToken,
  roles: ['Support Agent'],
  attributes: {},
  signIn: { signedInAt: new Date(NOW.getTime() - 60_000), methods: ['pwd'] },
  ...changes,
});

/** Dependencies of a launch that succeeds; each can be replaced. */
export const createLaunchFixture = (changes: Partial<LaunchDependencies> = {}) => {
  const clock = changes.clock ?? (() => NOW);
  const { ledger, entries } = createFakeLedger(clock);
  const askTenant = vi.fn<(request: ExchangeRequest) => ReturnType<PreparedExchange>>(async () => ({
    token: 'secret-token',
    expiresInSeconds: 60,
  }));
  const customers: CustomerDirectory = {
    search: async () => ({ customers: [], fields: [], more: false }),
    findByIds: async () => [],
    findByKey: async () => [],
    load: async (id) => (id === CUSTOMER.id ? CUSTOMER : undefined),
    ...changes.customers,
  };
  const tenant = changes.tenant ?? createFakeTenant();
  const deps: LaunchDependencies = {
    identityProvider: {
      verifyAccessToken: async () => AGENT,
      verifyActorToken: async (token) => actorOf(token ?? ''),
      prepareExchange: (request) => () => askTenant(request),
    },
    customers,
    tenant,
    recentFacts: {
      customer: async (id) => customers.load(id),
      app: tenant.apps.load,
      agentRoles: async () => ['Support Agent'],
    },
    ledger,
    rules: RULES,
    companyPolicy: () => BUILT_IN_POLICY,
    localTime: () => ({ localHour: 12, weekday: 7 }),
    logLagMilliseconds: 300_000,
    lookSoon: () => undefined,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...changes,
  };
  return { deps, entries, askTenant };
};
