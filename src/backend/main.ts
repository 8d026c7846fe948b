import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type ServerType, serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import packageJson from '../../package.json' with { type: 'json' };
import { probeApp } from './adapters/app-probe.ts';
import { createAgentProfiles } from './adapters/auth0/agent-profiles.ts';
import { createAuth0IdentityProvider } from './adapters/auth0/identity-provider.ts';
import { createManagementClient } from './adapters/auth0/management.ts';
import { readSigningKey, SigningKeyError } from './adapters/auth0/signing-key.ts';
import { createTargetAppCatalog } from './adapters/auth0/target-app-catalog.ts';
import { tenantOf } from './adapters/auth0/tenant.ts';
import { createTenantInspection } from './adapters/auth0/tenant-inspection.ts';
import { tenantKeys } from './adapters/auth0/tenant-keys.ts';
import { createTenantLog } from './adapters/auth0/tenant-log.ts';
import { createTenantSessions } from './adapters/auth0/tenant-sessions.ts';
import { createAuth0Directory } from './adapters/directory/auth0-directory.ts';
import { DataFolderError } from './adapters/ledger/data-folder-error.ts';
import { openPgliteLedger } from './adapters/ledger/pglite-ledger.ts';
import { type Config, ConfigError, loadConfig, trustedProxyList } from './config.ts';
import { startEventLoopWatchdog } from './event-loop-watchdog.ts';
import { createApp } from './http/app.ts';
import { isPrivateAddress } from './http/client-ip.ts';
import { createMetrics } from './http/metrics.ts';
import { createJsonLog } from './json-log.ts';
import { createConfirmation } from './launch/confirm-launch.ts';
import { createDiagnosis } from './launch/diagnosis/create-diagnosis.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createTicketTest } from './ticket-pattern.ts';

const SCOPE = 'openid profile email offline_access';
const MINUTE_MILLISECONDS = 60_000;
/** No launch takes this long, so one whose outcome is still missing then has lost its process. */
const INTERRUPTED_AFTER_MILLISECONDS = 60_000;
/** How long requests under way may take to finish when the backend is stopped. */
const STOP_MILLISECONDS = 30_000;

const clock = () => new Date();
const log = createJsonLog((line) => process.stdout.write(line), clock);

/** Puts the parts together and listens. Gives what stops it again, in order. */
const start = async (config: Config): Promise<() => Promise<void>> => {
  const { auth0, secrets, policy, limits } = config;
  startEventLoopWatchdog();
  const signingKey = await readSigningKey(secrets.signingKey);
  const metrics = createMetrics();
  const ledger = await openPgliteLedger(config.ledger.dataFolder, ({ seq, hash }) => {
    metrics.ledgerHead.set(seq);
    log.info('ledger_head', { seq, hash });
  });
  const tenant = tenantOf(auth0.issuer);
  const management = createManagementClient({
    domain: auth0.managementDomain,
    clientId: auth0.managementClientId,
    clientSecret: secrets.managementClientSecret,
  });
  const identityProvider = createAuth0IdentityProvider(
    {
      issuer: auth0.issuer,
      audience: config.publicOrigin,
      extensionClientId: auth0.extensionClientId,
      keys: tenantKeys(tenant.jwksUri),
      clock,
    },
    {
      tenant,
      clientId: auth0.requestingClientId,
      clientSecret: secrets.requestingClientSecret,
      subjectTokenType: auth0.subjectTokenType,
      subjectTokens: { issuer: config.publicOrigin, audience: auth0.issuer, signingKey },
      clock,
    },
  );
  const tenantLog = createTenantLog(management);
  const apps = createTargetAppCatalog({
    management,
    overrides: config.targetApps,
    loginOrigins: config.loginOrigins,
    allowInsecureLocalhost: config.allowInsecureLocalhost,
    defaultLoginDomain: new URL(auth0.issuer).host,
    clock,
    log,
  });
  const customers = createAuth0Directory({
    management,
    connections: config.customers.connections,
    metadataKey: config.protection.metadataKey,
    externalIdField: config.customers.externalIdField,
    searchesPerSecond: limits.tenantSearchesPerSecond,
    clock,
  });
  const perMinute = (burst: number) =>
    createRateLimiter({ burst, perMilliseconds: MINUTE_MILLISECONDS }, clock);
  const requirements = {
    reason: policy.reason,
    ticket: {
      required: policy.ticket.required,
      ...(policy.ticket.pattern !== undefined && { pattern: policy.ticket.pattern }),
    },
  };
  const inspection = createTenantInspection(management, auth0.requestingClientId);
  const app = createApp({
    discovery: {
      issuer: auth0.issuer,
      clientId: auth0.extensionClientId,
      audience: config.publicOrigin,
      scope: SCOPE,
      version: packageJson.version,
      features: ['seen_by'],
    },
    keys: [signingKey.publicJwk],
    profiles: createAgentProfiles(management, clock),
    requirements,
    recordPatterns: config.recordPatterns,
    apps,
    customers,
    ledger,
    withinSearchRate: perMinute(limits.searchesPerMinute),
    launch: {
      identityProvider,
      customers,
      apps,
      inspection,
      ledger,
      rules: {
        requirements,
        isTicket:
          policy.ticket.pattern === undefined
            ? () => true
            : createTicketTest(policy.ticket.pattern),
        protection: {
          roles: [...config.protection.roles, ...config.protection.staffRoles],
          customerConnections: config.customers.connections,
          linkedConnectionsAllowed: config.customers.linkedConnectionsAllowed,
        },
      },
      clock,
      log,
    },
    withinLaunchRate: perMinute(limits.launchesPerMinute),
    sessions: createTenantSessions(management, delay),
    confirmation: createConfirmation({
      ledger,
      tenantLog,
      clock,
      delay: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
      log,
    }),
    diagnoseLaunch: createDiagnosis({
      ledger,
      customers,
      apps,
      inspection,
      tenantLog,
      probeApp,
      addressIsHidden: (address) => !tenant.insecure && isPrivateAddress(address),
      clock,
    }),
    expectsPublicAddresses: !tenant.insecure,
    extensionIds: config.extension.ids,
    trustedProxies: trustedProxyList(config.trustedProxies),
    connectionAddress: (c) => getConnInfo(c).remote.address ?? '',
    metrics,
    log,
  });
  const metricsApp = new Hono().get('/metrics', async (c) =>
    c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );

  /** Also a minute later: what was under way at the start of this process may be another replica's. */
  const markInterrupted = async (): Promise<void> => {
    const before = new Date(clock().getTime() - INTERRUPTED_AFTER_MILLISECONDS);
    const count = await ledger.markInterrupted(before);
    if (count > 0) log.warn('launches_interrupted', { count });
  };
  await markInterrupted();
  const sweep = setInterval(() => {
    markInterrupted().catch((error: unknown) => {
      log.error('sweep_failed', { cause: error instanceof Error ? error.name : 'unknown' });
    });
  }, INTERRUPTED_AFTER_MILLISECONDS);
  sweep.unref();

  const listen = (name: string, fetch: Hono['fetch'], at: { host: string; port: number }) =>
    new Promise<ServerType>((resolve, reject) => {
      const server = serve({ fetch, hostname: at.host, port: at.port }, ({ port }: AddressInfo) => {
        log.info('listening', { name, host: at.host, port });
        resolve(server);
      });
      server.once('error', reject);
    });
  const servers = await Promise.all([
    listen('api', app.fetch as Hono['fetch'], config.listen),
    listen('metrics', metricsApp.fetch, config.metricsListen),
  ]);

  return async () => {
    const closed = servers.map(
      (server) => new Promise<void>((resolve) => void server.close(() => resolve())),
    );
    const overdue = new Promise<void>((resolve) => {
      setTimeout(resolve, STOP_MILLISECONDS).unref();
    });
    await Promise.race([Promise.all(closed), overdue]);
    clearInterval(sweep);
    await ledger.close();
    log.info('stopped');
  };
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { config: { type: 'string', default: 'understudy.json' } },
  });
  let stop: () => Promise<void>;
  try {
    stop = await start(loadConfig(values.config, process.env));
  } catch (error) {
    const expected =
      error instanceof ConfigError ||
      error instanceof SigningKeyError ||
      error instanceof DataFolderError;
    process.stderr.write(expected ? `${error.message}\n` : `${String((error as Error).stack)}\n`);
    process.exit(1);
  }
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
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

await main();
