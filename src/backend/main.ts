import { setTimeout as delay } from 'node:timers/promises';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import packageJson from '../../package.json' with { type: 'json' };
import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { FEATURES } from '../contract/discovery.ts';
import { probeApp } from './adapters/app-probe.ts';
import { tenantKeys } from './adapters/auth0/agent-tokens/tenant-keys.ts';
import { checkTenant } from './adapters/auth0/check-tenant.ts';
import type { ClientSecrets } from './adapters/auth0/client-secrets.ts';
import { cutOffFetch } from './adapters/auth0/cut-off-fetch.ts';
import { readSigningKey } from './adapters/auth0/exchange/signing-key.ts';
import { createAuth0IdentityProvider } from './adapters/auth0/identity-provider.ts';
import { keepConnections } from './adapters/auth0/kept-connections.ts';
import { limitFetch } from './adapters/auth0/limited-fetch.ts';
import { createManagementClient } from './adapters/auth0/management/management.ts';
import { readManagementAuthentication } from './adapters/auth0/management/management-authentication.ts';
import { measureFetch } from './adapters/auth0/measured-fetch.ts';
import { tenantEndpoints } from './adapters/auth0/tenant-endpoints.ts';
import { PolicyFolderError } from './adapters/cedar/policy-folder.ts';
import { DataFolderError } from './adapters/ledger/data-folder-error.ts';
import { LedgerDatabaseError } from './adapters/ledger/postgres/ledger-database-error.ts';
import { type Config, ConfigError, trustedProxyList } from './config/config.ts';
import { launchRules } from './config/launch-rules.ts';
import { loadConfig } from './config/load-config.ts';
import { createApp } from './http/app.ts';
import { isPrivateAddress } from './http/client-ip.ts';
import { createMetrics } from './http/metrics.ts';
import type { LaunchDependencies } from './launch/dependencies.ts';
import { createDiagnosis } from './launch/diagnosis/create-diagnosis.ts';
import { createRecentFacts } from './launch/recent-facts.ts';
import { createLogFollower } from './launch/tenant-session/follow-log.ts';
import { startFollowing } from './launch/tenant-session/start-following.ts';
import { keepCompanyPolicy } from './lifecycle/company-policy.ts';
import { countRows } from './lifecycle/count-rows.ts';
import { startEventLoopWatchdog } from './lifecycle/event-loop-watchdog.ts';
import { createJsonLog } from './lifecycle/json-log.ts';
import { openLedger } from './lifecycle/open-ledger.ts';
import { openTenant } from './lifecycle/open-tenant.ts';
import { createReadiness } from './lifecycle/readiness.ts';
import { serve } from './lifecycle/serve.ts';
import { createShutdown } from './lifecycle/shutdown.ts';
import { signLedger } from './lifecycle/sign-ledger.ts';
import { startSweeps } from './lifecycle/start-sweeps.ts';
import { verifyTenant } from './lifecycle/tenant-verification.ts';
import { localTimeIn } from './policy/local-time.ts';
import { createRateLimiter } from './rate-limit.ts';
import { startReadTrace } from './reading/start-read-trace.ts';

const SCOPE = 'openid profile email offline_access';
const MINUTE_MILLISECONDS = 60_000;
/** How often a tenant that did not answer at the start is asked again. */
const TENANT_RETRY_MILLISECONDS = 5_000;

const USAGE = `Usage:
  npm run backend -- [--config FILE]

Runs the backend until SIGTERM or SIGINT. Exit code: 0 when it was told to stop, 1 when it cannot run.

  --config   the configuration (default: understudy.json); secrets come from the environment, docs/set-up.md names them
`;

const clock = () => new Date();
const log = createJsonLog((line) => process.stdout.write(line), clock);

/** Puts the parts together and listens. Gives what stops it again, in order. */
const start = async (config: Config): Promise<() => Promise<void>> => {
  const { auth0, secrets, policy, limits } = config;
  const shutdown = createShutdown();
  startEventLoopWatchdog();
  const [signingKey, ...otherKeys] = await Promise.all([
    readSigningKey(secrets.signingKey),
    ...secrets.otherSigningKeys.map((key) => readSigningKey(key)),
  ]);
  const { requestingClientSecret, nextRequestingClientSecret: next } = secrets;
  const clientSecrets: ClientSecrets = [requestingClientSecret, ...(next ? [next] : [])];
  const metrics = createMetrics();
  const endpoints = tenantEndpoints(auth0.issuer);
  const send = measureFetch(
    keepConnections(process),
    ({ resource, status, seconds, rateRemaining }) => {
      metrics.tenantCallSeconds.observe({ resource, status }, seconds);
      if (rateRemaining !== undefined) {
        const api = resource === 'token' ? 'authentication' : 'management';
        metrics.tenantRateRemaining.set({ api }, rateRemaining);
      }
    },
  );
  const managementAuthentication = await readManagementAuthentication(
    auth0.managementAuthentication,
    secrets.managementCredential,
  );
  const management = createManagementClient({
    domain: auth0.managementDomain,
    clientId: auth0.managementClientId,
    authentication: managementAuthentication,
    fetch: limitFetch(cutOffFetch(send, shutdown.cutOff), {
      callsPerSecond: limits.tenantCallsPerSecond,
      clock,
      delay,
    }),
  });
  const verification = await verifyTenant({
    check: () =>
      checkTenant({
        management,
        managementDomain: auth0.managementDomain,
        managementClientId: auth0.managementClientId,
        managementAuthentication,
        tokenEndpoint: endpoints.tokenEndpoint,
        sessionTransferAudience: endpoints.sessionTransferAudience,
        subjectTokenType: auth0.subjectTokenType,
        requestingClientId: auth0.requestingClientId,
        requestingClientSecrets: clientSecrets,
        extensionClientId: auth0.extensionClientId,
        connections: config.customers.connections,
        linkedConnectionsAllowed: config.customers.linkedConnectionsAllowed,
        extensionIds: config.extension.ids,
        targetApps: Object.keys(config.targetApps),
        warn: (problem) => log.warn('tenant_setting_in_the_way', { problem }),
      }),
    retryMilliseconds: TENANT_RETRY_MILLISECONDS,
    log,
  });
  const stored = await openLedger(config, {
    onHead: ({ seq, hash }) => {
      metrics.ledgerHead.set(seq);
      log.info('ledger_head', { seq, hash });
    },
    onConnectionLost: ({ code }) => log.warn('ledger_connection_lost', { code }),
  });
  const ledger = countRows(stored, (type, rows) => metrics.ledgerRows.inc({ type }, rows));
  const signed = signLedger(config, stored, log, () => metrics.ledgerConflict.set(1));
  const companyPolicy = await keepCompanyPolicy(policy, {
    metrics,
    ledger,
    isShared: config.ledger.databaseUrl !== undefined,
    log,
  });
  const identityProvider = createAuth0IdentityProvider(
    {
      issuer: auth0.issuer,
      audience: config.publicOrigin,
      extensionClientId: auth0.extensionClientId,
      agentAttributes: policy.agentAttributes,
      keys: tenantKeys(endpoints.jwksUri),
      clock,
    },
    {
      tenant: endpoints,
      clientId: auth0.requestingClientId,
      clientSecrets,
      subjectTokenType: auth0.subjectTokenType,
      subjectTokens: { issuer: config.publicOrigin, audience: auth0.issuer, signingKey },
      clock,
      fetch: send,
      cutOff: shutdown.cutOff,
    },
  );
  const { tenant, directory: customers } = openTenant(config, { management, clock, log });
  const perMinute = (burst: number) =>
    createRateLimiter({ burst, perMilliseconds: MINUTE_MILLISECONDS }, clock);
  const withinRate = {
    launches: perMinute(limits.launchesPerMinute),
    searches: perMinute(limits.searchesPerMinute),
    other: perMinute(limits.otherCallsPerMinute),
  };
  const rules = launchRules(config);
  const logLagMilliseconds = auth0.logLagSeconds * 1000;
  const following = startFollowing(
    createLogFollower({ ledger, tenant, clock, log, sessionMetadata: auth0.sessionMetadata }),
    (milliseconds) => delay(milliseconds, undefined, { ref: false }),
  );
  const launch: LaunchDependencies = {
    identityProvider,
    customers,
    tenant,
    recentFacts: createRecentFacts(customers, tenant, config.protection.staffRoles, clock),
    ledger,
    rules,
    companyPolicy: companyPolicy.current,
    localTime: localTimeIn(policy.timeZone),
    logLagMilliseconds,
    lookSoon: following.lookSoon,
    clock,
    log,
  };
  const reads = startReadTrace({
    counts: stored,
    ledger,
    customersPerHour: limits.customersReadPerHour,
    clock,
    log,
    onShareUsed: (share) => metrics.readLimitUsed.set(share),
  });
  const app = createApp({
    discovery: {
      issuer: auth0.issuer,
      clientId: auth0.extensionClientId,
      audience: config.publicOrigin,
      scope: SCOPE,
      version: packageJson.version,
      features: [...FEATURES],
    },
    keys: [signingKey, ...otherKeys].map(({ publicJwk }) => publicJwk),
    proofs: signed?.proofs,
    eraser: stored.eraser,
    readiness: createReadiness(shutdown, ledger, verification),
    isStopping: shutdown.hasBegun,
    requirements: rules.requirements,
    recordPatterns: config.recordPatterns,
    withinRate: (rate, agentId) => withinRate[rate](agentId),
    launch,
    reading: reads.reading,
    diagnoseLaunch: createDiagnosis({
      ledger,
      customers,
      tenant,
      probeApp,
      addressIsHidden: (address) => !endpoints.insecure && isPrivateAddress(address),
      clock,
    }),
    expectsPublicAddresses: !endpoints.insecure,
    extensionIds: config.extension.ids,
    trustedProxies: trustedProxyList(config.trustedProxies),
    connectionAddress: (c) => getConnInfo(c).remote.address ?? '',
    metrics,
  });
  const metricsApp = new Hono().get('/metrics', async (c) =>
    c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );

  const sweeping = await startSweeps({ ...launch, agentRoles: config.protection.staffRoles });
  const servers = await serve(
    [
      { name: 'api', fetch: app.fetch, at: config.listen },
      { name: 'metrics', fetch: metricsApp.fetch, at: config.metricsListen },
    ],
    log,
  );

  return async () => {
    verification.stop();
    companyPolicy.stop();
    const backgroundWork = Promise.all([sweeping.stop(), following.stop()]);
    await servers.drain(shutdown);
    // What still waits for the tenant is background work, and the process that takes over does it again.
    shutdown.cut();
    await backgroundWork;
    await reads.stop();
    await signed?.signing.stop();
    await ledger.close();
    log.info('stopped');
  };
};

/** Does what the first of the signals asks for; those that follow it say the same. */
const stopAtSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) {
        return;
      }
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('stop_failed', { cause: String(error) });
          process.exit(1);
        },
      );
    });
  }
};

await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { values } = readArguments(args, { config: { type: 'string' } }, 0);
    stopAtSignal(await start(await loadConfig(values.config ?? 'understudy.json', process.env)));
    return 0;
  },
  expected: [ConfigError, DataFolderError, LedgerDatabaseError, PolicyFolderError],
  mistakeCode: 1,
});
