import { randomUUID } from 'node:crypto';
import type { BlockList } from 'node:net';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { LedgerUnavailableError } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import { TenantBusyError, TenantUnavailableError } from '../ports/tenant-errors.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { authenticate } from './authenticate.ts';
import { clientIp } from './client-ip.ts';
import type { HttpEnvironment } from './environment.ts';
import { type Metrics, measureRequests } from './metrics.ts';
import { allowExtensions, refuseForeignOrigins } from './origins.ts';
import { problemResponse } from './problem-response.ts';
import { type AgentRoutesOptions, agentRoutes } from './routes/agent.ts';
import { type CustomerRoutesOptions, customerRoutes } from './routes/customers.ts';
import { type LaunchRoutesOptions, launchRoutes } from './routes/launches.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { type PublicRoutesOptions, publicRoutes } from './routes/public.ts';

export type AppOptions = AgentRoutesOptions &
  Omit<CustomerRoutesOptions, 'protection'> &
  Pick<PublicRoutesOptions, 'discovery' | 'keys'> &
  Omit<LaunchRoutesOptions, 'onOutcome'> & {
    readonly extensionIds: readonly string[];
    readonly trustedProxies: BlockList;
    /** The address of the other end of the connection. */
    readonly connectionAddress: (c: Context) => string;
    readonly metrics: Metrics;
    readonly log: Log;
  };

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof LedgerUnavailableError) {
    return refuse('ledger_unavailable', 'The ledger cannot be written or read.');
  }
  if (error instanceof TenantBusyError) {
    return refuse('rate_limited', "The tenant's rate limit is used up for the moment.");
  }
  if (error instanceof TenantUnavailableError) {
    return refuse('tenant_unavailable', error.detail);
  }
  return refuse('internal', 'The request could not be served.');
};

/** Names and codes of an error and its causes. Messages of libraries can quote data, so they are left out. */
const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? error.code : 'statusCode' in error ? error.statusCode : undefined;
  const known = code === undefined ? error.name : `${error.name}(${String(code)})`;
  return error.cause === undefined ? known : `${known} <- ${describeError(error.cause)}`;
};

/** The backend's HTTP interface: authenticate, parse, call, map errors to statuses. */
export const createApp = (options: AppOptions) => {
  const { launch, ledger, metrics, log, extensionIds } = options;
  const app = new Hono<HttpEnvironment>();

  app.use(async (c, next) => {
    c.set('requestId', randomUUID());
    const forwarded = c.req.header('x-forwarded-for');
    c.set('agentIp', clientIp(options.connectionAddress(c), forwarded, options.trustedProxies));
    c.header('cache-control', 'no-store');
    await next();
  });
  app.use(measureRequests(metrics));
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      crossOriginResourcePolicy: 'cross-origin',
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use(allowExtensions(extensionIds), refuseForeignOrigins(extensionIds));

  app.route('/', publicRoutes({ ...options, ledger }));
  app.use('/v1/*', authenticate(launch.identityProvider));
  app.route('/', agentRoutes(options));
  app.route('/', customerRoutes({ ...options, protection: launch.rules.protection }));
  app.route(
    '/',
    launchRoutes({ ...options, onOutcome: (outcome) => metrics.launches.inc({ outcome }) }),
  );
  app.route('/', ledgerRoutes(ledger, options.withinSearchRate));

  app.notFound((c) => problemResponse(c, refuse('invalid_request', 'There is nothing here.'), 404));
  app.onError((error, c) => {
    const refusal = refusalOf(error);
    log.error('request_failed', {
      requestId: c.get('requestId'),
      code: refusal.code,
      cause: describeError(error).slice(0, 500),
    });
    return problemResponse(c, refusal);
  });
  return app;
};
