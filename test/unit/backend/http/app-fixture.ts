import { trustedProxyList } from '../../../../src/backend/config/config.ts';
import { createApp } from '../../../../src/backend/http/app.ts';
import { createMetrics } from '../../../../src/backend/http/metrics.ts';
import type { Readiness } from '../../../../src/backend/http/routes/public.ts';
import type { LaunchDependencies } from '../../../../src/backend/launch/dependencies.ts';
import type { Agent } from '../../../../src/backend/ports/agent.ts';
import { createReadTrace } from '../../../../src/backend/reading/read-trace.ts';
import { refuse } from '../../../../src/backend/refusal.ts';
import type { RecordPattern } from '../../../../src/contract/record.ts';
import { AGENT, agentId, CUSTOMER } from '../fixtures.ts';
import { createLaunchFixture } from '../launch/launch-fixture.ts';
import { createFakeReadCounts } from '../reading/fake-read-counts.ts';

export const CRM: RecordPattern = {
  system: 'CRM',
  urlPattern: 'https://crm.example/customers/:key',
  key: 'user_id',
};

const AGENTS: Readonly<Record<string, Agent>> = {
  sam: AGENT,
  trainee: { id: agentId('auth0|trainee'), permissions: [] },
  supervisor: {
    id: agentId('auth0|supervisor'),
    permissions: ['impersonate:customers', 'read:launches', 'read:ledger'],
  },
};

/** The whole HTTP interface over fakes: Sam may launch, the trainee may nothing, the supervisor may read. */
export const createAppFixture = (
  changes: Partial<LaunchDependencies> = {},
  connectionAddress = '203.0.113.7',
) => {
  const fixture = createLaunchFixture({
    customers: {
      search: async () => ({ customers: [CUSTOMER], fields: ['name'], more: false }),
      findByIds: async () => [CUSTOMER],
      findByKey: async () => [CUSTOMER],
      load: async (id) => (id === CUSTOMER.id ? CUSTOMER : undefined),
    },
    ...changes,
  });
  const identityProvider = {
    ...fixture.deps.identityProvider,
    verifyAccessToken: async (token: string) =>
      AGENTS[token] ?? refuse('unauthenticated', 'No such agent.'),
  };
  const launch = { ...fixture.deps, identityProvider };
  const rate = { left: 100 };
  const metrics = createMetrics();
  const state: { readiness: Readiness; isStopping: boolean } = {
    readiness: 'ready',
    isStopping: false,
  };
  const fakeCounts = createFakeReadCounts();
  const trace = createReadTrace({
    counts: fakeCounts.counts,
    ledger: launch.ledger,
    customersPerHour: 3,
    clock: launch.clock,
    log: launch.log,
    onShareUsed: () => undefined,
  });
  const app = createApp({
    discovery: {
      issuer: 'https://agents.example.com/',
      clientId: 'extension-client',
      audience: 'https://understudy.example.com',
      scope: 'openid',
      version: '1.0.0',
    },
    keys: [],
    proofs: undefined,
    eraser: undefined,
    readiness: async () => state.readiness,
    isStopping: () => state.isStopping,
    requirements: launch.rules.requirements,
    recordPatterns: [CRM],
    withinRate: () => rate.left-- > 0,
    launch,
    reading: trace.reading,
    diagnoseLaunch: async () => ({
      cause: 'existing_session',
      sentence: 'Somebody is signed in.',
      evidence: [],
      who: 'agent',
      how: 'End it.',
      ruledOut: [],
    }),
    expectsPublicAddresses: true,
    extensionIds: ['abcdefghijklmnopabcdefghijklmnop'],
    trustedProxies: trustedProxyList([]),
    connectionAddress: () => connectionAddress,
    metrics,
  });
  const call = async (path: string, init: RequestInit & { as?: string } = {}) => {
    const headers = new Headers(init.headers);
    if (init.as) {
      headers.set('authorization', `Bearer ${init.as}`);
    }
    const response = await app.request(path, { ...init, headers });
    const text = await response.text();
    return {
      response,
      status: response.status,
      text,
      body: /[/+]json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {},
    };
  };
  const post = (path: string, body: unknown, as = 'sam') =>
    call(path, {
      method: 'POST',
      as,
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  /** What was counted of customers, as the database has it. */
  const reads = async () => {
    await trace.write();
    return fakeCounts.hours();
  };
  return { ...fixture, app, call, post, rate, metrics, state, reads };
};
