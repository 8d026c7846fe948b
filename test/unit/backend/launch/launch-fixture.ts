import { vi } from 'vitest';
import type { Caller, LaunchDependencies } from '../../../../src/backend/launch/dependencies.ts';
import type { CustomerDirectory } from '../../../../src/backend/ports/customer-directory.ts';
import type { VerifiedActorToken } from '../../../../src/backend/ports/identity-provider.ts';
import { createFakeLedger } from '../fake-ledger.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { AGENT, CUSTOMER, NOW, RULES } from '../fixtures.ts';

export const CALLER: Caller = { agent: AGENT, agentIp: '203.0.113.7', requestId: 'r-1' };

/** Dependencies of a launch that succeeds; each can be replaced. */
export const createLaunchFixture = (changes: Partial<LaunchDependencies> = {}) => {
  const clock = changes.clock ?? (() => NOW);
  const { ledger, entries } = createFakeLedger(clock);
  const askTenant = vi.fn<LaunchDependencies['identityProvider']['requestSessionTransferToken']>(
    async () => ({ token: 'secret-token', expiresInSeconds: 60 }),
  );
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
      verifyActorToken: async (token) => (token ?? '') as VerifiedActorToken,
      requestSessionTransferToken: askTenant,
    },
    customers,
    tenant,
    recentFacts: { customer: async (id) => customers.load(id), app: tenant.apps.load },
    ledger,
    rules: RULES,
    logLagMilliseconds: 300_000,
    lookSoon: () => undefined,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...changes,
  };
  return { deps, entries, askTenant };
};
