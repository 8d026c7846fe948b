import { randomUUID } from 'node:crypto';
import type { BlockList } from 'node:net';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { refuse } from '../refusal.ts';
import { authenticate } from './authenticate.ts';
import { ClientGoneError, clientGoneResponse } from './client-gone.ts';
import { clientIp } from './client-ip.ts';
import { closeConnections, refuseWhileStopping } from './drain.ts';
import type { HttpEnvironment } from './environment.ts';
import { type Metrics, measureRequests } from './metrics.ts';
import { OPERATIONS } from './operations.ts';
import { allowExtensions, refuseForeignOrigins } from './origins.ts';
import { problemResponse } from './problem-response.ts';
import { refusalOfError } from './refusal-of-error.ts';
import { createRegister, type RegisterOptions } from './register.ts';
import { type AgentRoutesOptions, addAgentRoutes } from './routes/agent.ts';
import { addCustomerRoutes } from './routes/customers.ts';
import { addErasureRoutes, type ErasureRoutesOptions } from './routes/erasures.ts';
import { addEvidenceRoutes, type EvidenceRoutesOptions } from './routes/evidence.ts';
import { addLaunchRoutes, type LaunchRoutesOptions } from './routes/launches.ts';
import { addLedgerRoutes, type LedgerRoutesOptions } from './routes/ledger.ts';
import { type PublicRoutesOptions, publicRoutes } from './routes/public.ts';

export type AppOptions = Omit<AgentRoutesOptions, 'ledger' | 'tenant'> &
  PublicRoutesOptions &
  LaunchRoutesOptions &
  LedgerRoutesOptions &
  EvidenceRoutesOptions &
  ErasureRoutesOptions &
  Pick<RegisterOptions, 'withinRate'> & {
    readonly extensionIds: readonly string[];
    readonly trustedProxies: BlockList;
    /** The address of the other end of the connection. */
    readonly connectionAddress: (c: Context) => string;
    /** Whether the backend was told to stop. */
    readonly isStopping: () => boolean;
    readonly metrics: Metrics;
  };

/** Names and codes of an error and its causes. Messages of libraries can quote data, so they are left out. */
const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) {
    return 'unknown';
  }
  const code = 'code' in error ? error.code : 'statusCode' in error ? error.statusCode : undefined;
  const known = code === undefined ? error.name : `${error.name}(${String(code)})`;
  return error.cause === undefined ? known : `${known} <- ${describeError(error.cause)}`;
};

/** The backend's HTTP interface: authenticate, parse, call, map errors to statuses. */
export const createApp = (options: AppOptions) => {
  const { launch, metrics, extensionIds } = options;
  const { ledger, log, tenant, customers } = launch;
  const app = new Hono<HttpEnvironment>();

  app.use(async (c, next) => {
    c.set('requestId', randomUUID());
    const forwarded = c.req.header('x-forwarded-for');
    c.set('agentIp', clientIp(options.connectionAddress(c), forwarded, options.trustedProxies));
    c.header('cache-control', 'no-store');
    await next();
  });
  app.use(closeConnections(options.isStopping));
  app.use(measureRequests(metrics));
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      crossOriginResourcePolicy: 'cross-origin',
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use(allowExtensions(extensionIds), refuseForeignOrigins(extensionIds));

  app.route('/', publicRoutes(options));
  app.use('/v1/*', authenticate(launch.identityProvider));
  app.use(ENDPOINTS.requestLaunch.path, refuseWhileStopping(options.isStopping));
  const register = createRegister(app, {
    ledger,
    withinRate: options.withinRate,
    onOutcome: (operation, outcome) => {
      if (outcome !== 'ok') {
        metrics.refusals.inc({ code: outcome });
      }
      if (operation === OPERATIONS.requestLaunch) {
        metrics.launches.inc({ outcome: outcome === 'ok' ? 'issued' : outcome });
      }
    },
  });
  addAgentRoutes(register, { ...options, ledger, tenant });
  addCustomerRoutes(register, {
    customers,
    tenant,
    protection: launch.rules.protection,
    recordPatterns: options.recordPatterns,
    reading: options.reading,
  });
  addLaunchRoutes(register, options);
  addLedgerRoutes(register, options);
  addEvidenceRoutes(register, options);
  addErasureRoutes(register, options);
  app.notFound((c) => problemResponse(c, refuse('invalid_request', 'There is nothing here.'), 404));
  app.onError((error, c) => {
    if (error instanceof ClientGoneError) {
      log.info('client_gone', { requestId: c.get('requestId') });
      return clientGoneResponse();
    }
    const refusal = refusalOfError(error);
    log.error('request_failed', {
      requestId: c.get('requestId'),
      code: refusal.code,
      cause: describeError(error).slice(0, 500),
    });
    return problemResponse(c, refusal);
  });
  return app;
};
