import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { readSigningKey } from '../../src/backend/adapters/auth0/exchange/signing-key.ts';
import { createAuth0IdentityProvider } from '../../src/backend/adapters/auth0/identity-provider.ts';
import { tenantEndpoints } from '../../src/backend/adapters/auth0/tenant-endpoints.ts';
import type { SqlLedger } from '../../src/backend/adapters/ledger/sql-ledger.ts';
import { trustedProxyList } from '../../src/backend/config/config.ts';
import { companyRules } from '../../src/backend/config/launch-rules.ts';
import { policyConfigSchema } from '../../src/backend/config/policy-config.ts';
import { createApp } from '../../src/backend/http/app.ts';
import { createMetrics } from '../../src/backend/http/metrics.ts';
import { createRecentFacts } from '../../src/backend/launch/recent-facts.ts';
import { localTimeIn } from '../../src/backend/policy/local-time.ts';
import { BUILT_IN_POLICY } from '../../src/backend/ports/company-policy.ts';
import {
  agentIdSchema,
  type CustomerId,
  customerIdSchema,
  targetAppIdSchema,
} from '../../src/contract/ids.ts';
import { median } from './median.ts';

/** Answers every token request at once, on a thread of its own so that it costs the backend nothing. */
const TOKEN_ENDPOINT = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const body = JSON.stringify({
    access_token: 'stt', token_type: 'N_A', expires_in: 60,
    issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
  });
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A backend runs for weeks: by then the engine has compiled what each launch runs, the database's WebAssembly above all. */
const WARM_UP = 1_000;
const SEQUENTIAL = 300;
const CONCURRENT = 2_000;
const LANES = 32;

/** What {@link measureLaunchOverhead} found: milliseconds, and launches a second. The floor is one verification and one insert. */
export type LaunchOverhead = {
  readonly launchMedian: number;
  readonly tokenCallMedian: number;
  readonly floorMilliseconds: number;
  readonly launchesPerSecond: number;
};

/**
 * Measures a launch through the whole backend (verification, policy, ledger, signing, exchange) against a token
 * endpoint that answers at once, and that token call alone in the same run. The ledger is empty, and closed at the end.
 */
export const measureLaunchOverhead = async (ledger: SqlLedger): Promise<LaunchOverhead> => {
  const worker = new Worker(TOKEN_ENDPOINT, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const issuer = `http://127.0.0.1:${port}/`;
  const audience = 'https://understudy.example.com';
  const tenantKeys = await generateKeyPair('RS256', { extractable: true });
  const signingKeys = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = { ...(await exportJWK(tenantKeys.publicKey)), kid: 'k', alg: 'RS256' };
  const clock = () => new Date();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const signingKey = await readSigningKey(JSON.stringify(await exportJWK(signingKeys.privateKey)));
  const identityProvider = createAuth0IdentityProvider(
    {
      issuer,
      audience,
      extensionClientId: 'extension',
      agentAttributes: {},
      keys: createLocalJWKSet({ keys: [publicJwk] }),
      clock,
    },
    {
      tenant: tenantEndpoints(issuer),
      clientId: 'requesting',
      clientSecrets: ['secret'],
      subjectTokenType: 'urn:example:customer',
      subjectTokens: { issuer: audience, audience: issuer, signingKey },
      clock,
      fetch,
      cutOff: new AbortController().signal,
    },
  );
  const customer = {
    id: customerIdSchema.parse('auth0|nora'),
    name: 'Nora Lindqvist',
    email: 'nora@customers.example',
    emailVerified: true,
    connection: 'customers',
    identityUserId: 'nora',
    otherConnections: [],
    markedProtected: false,
    roles: [],
    organizations: [],
    attributes: {},
  };
  const targetApp = {
    id: targetAppIdSchema.parse('shop'),
    name: 'Shop',
    loginUrl: 'https://shop.example/login',
    loginDomain: 'customers.example.com',
    origins: ['https://shop.example'],
    organizationUsage: 'deny' as const,
    ways: ['delegation' as const],
    connections: ['customers'],
  };
  const customers = {
    search: async () => ({ customers: [], fields: [], more: false }),
    findByIds: async () => [],
    findByKey: async () => [],
    load: async (id: CustomerId) => ({ ...customer, id }),
  };
  const tenant = {
    agents: {
      load: async () => ({ name: '', email: '' }),
      standing: async () => undefined,
      permissions: async () => [],
    },
    apps: { list: async () => [targetApp], load: async () => targetApp },
    settings: {
      ofApp: async () => undefined,
      requestingConnections: async () => ['customers'],
      organizationConnections: async () => undefined,
    },
    log: { search: async () => ({ entries: [], more: false }) },
    sessions: { look: async () => 'gone' as const, end: async () => 'gone' as const },
  };
  const requirements = { reason: { required: true, minLength: 5 }, ticket: { required: false } };
  const app = createApp({
    discovery: { issuer, clientId: 'extension', audience, scope: 'openid', version: '0' },
    keys: [],
    proofs: undefined,
    eraser: undefined,
    readiness: async () => 'ready',
    isStopping: () => false,
    requirements,
    recordPatterns: [],
    withinRate: () => true,
    launch: {
      identityProvider,
      customers,
      tenant,
      recentFacts: createRecentFacts(customers, tenant, [], clock),
      ledger,
      rules: {
        paused: false,
        requirements,
        isTicket: () => true,
        protection: { roles: [], customerConnections: ['customers'], linkedConnectionsAllowed: [] },
        limits: {},
        company: companyRules(policyConfigSchema.parse(requirements), []),
      },
      companyPolicy: () => BUILT_IN_POLICY,
      localTime: localTimeIn('UTC'),
      logLagMilliseconds: 300_000,
      lookSoon: () => undefined,
      clock,
      log,
    },
    reading: (_caller, serve) => serve(() => undefined),
    diagnoseLaunch: async () => undefined,
    expectsPublicAddresses: false,
    extensionIds: [],
    trustedProxies: trustedProxyList([]),
    connectionAddress: () => '203.0.113.7',
    metrics: createMetrics(),
  });

  const sign = (typ: string, claims: Record<string, unknown>) =>
    new SignJWT({ iss: issuer, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k', typ })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(tenantKeys.privateKey);
  const permissions = ['impersonate:customers'];
  const signIn = async (name: string) => {
    const sub = agentIdSchema.parse(`auth0|${name}`);
    return {
      accessToken: await sign('at+jwt', { sub, aud: audience, azp: 'extension', permissions }),
      actorToken: await sign('JWT', { sub, aud: 'extension' }),
    };
  };
  const agents = await Promise.all(
    Array.from({ length: LANES }, (_, lane) => signIn(`agent-${lane}`)),
  );

  /** Each launch is as another customer: one as the same customer in the same app would end the one before. */
  const launch = async (lane = 0): Promise<void> => {
    const { accessToken, actorToken } = agents[lane] ?? (await signIn('agent'));
    const response = await app.request('/v1/launches', {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        customerId: `auth0|${randomUUID()}`,
        targetAppId: targetApp.id,
        reason: 'Cannot see the invoice',
        actorToken,
      }),
    });
    if (response.status !== 201) {
      throw new Error(await response.text());
    }
    await response.arrayBuffer();
  };
  const tokenCall = async (): Promise<void> => {
    const response = await fetch(`${issuer}oauth/token`, { method: 'POST', body: 'grant_type=x' });
    await response.arrayBuffer();
  };

  const floorToken = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .sign(signingKeys.privateKey);
  /** What no launch with a ledger can do without: one ES256 verification and one row. */
  const floor = async (): Promise<void> => {
    await jwtVerify(floorToken, signingKeys.publicKey);
    await ledger.record({
      type: 'own_session',
      agentId: agentIdSchema.parse('auth0|agent'),
      agentIp: '203.0.113.7',
      targetAppId: targetApp.id,
      requestId: 'floor',
    });
  };

  const launchInLanes = (count: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        for (let each = 0; each < count / LANES; each += 1) {
          await launch(lane);
        }
      }),
    );

  const timed = async (work: () => Promise<void>): Promise<number> => {
    const from = performance.now();
    await work();
    return performance.now() - from;
  };
  try {
    await launchInLanes(WARM_UP);
    const launches: number[] = [];
    const tokenCalls: number[] = [];
    const floors: number[] = [];
    for (let count = 0; count < SEQUENTIAL; count += 1) {
      launches.push(await timed(() => launch()));
      tokenCalls.push(await timed(tokenCall));
      floors.push(await timed(floor));
    }
    const from = performance.now();
    await launchInLanes(CONCURRENT);
    const seconds = (performance.now() - from) / 1000;
    return {
      launchMedian: median(launches),
      tokenCallMedian: median(tokenCalls),
      floorMilliseconds: median(floors),
      launchesPerSecond: CONCURRENT / seconds,
    };
  } finally {
    await ledger.close();
    await worker.terminate();
  }
};
