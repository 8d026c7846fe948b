import { vi } from 'vitest';
import type { Caller, LaunchDependencies } from '../../../../src/backend/launch/dependencies.ts';
import type { VerifiedActorToken } from '../../../../src/backend/ports/identity-provider.ts';
import { createFakeLedger } from '../fake-ledger.ts';
import { AGENT, APP, CUSTOMER, NOW, RULES } from '../fixtures.ts';

export const CALLER: Caller = { agent: AGENT, agentIp: '203.0.113.7', requestId: 'r-1' };

/** Dependencies of a launch that succeeds; each can be replaced. */
export const createLaunchFixture = (changes: Partial<LaunchDependencies> = {}) => {
  const { ledger, entries } = createFakeLedger(() => NOW);
  const askTenant = vi.fn<LaunchDependencies['identityProvider']['requestSessionTransferToken']>(
    async () => ({ token: 'secret-token', expiresInSeconds: 60 }),
  );
  const deps: LaunchDependencies = {
    identityProvider: {
      verifyAccessToken: async () => AGENT,
      verifyActorToken: async (token) => (token ?? '') as VerifiedActorToken,
      requestSessionTransferToken: askTenant,
    },
    customers: {
      search: async () => ({ customers: [], fields: [], more: false }),
      findByIds: async () => [],
      findByKey: async () => [],
      load: async (id) => (id === CUSTOMER.id ? CUSTOMER : undefined),
    },
    apps: { list: async () => [APP], load: async (id) => (id === APP.id ? APP : undefined) },
    inspection: { requestingConnections: async () => ['customers'] },
    ledger,
    rules: RULES,
    clock: () => NOW,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...changes,
  };
  return { deps, entries, askTenant };
};
