import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ERROR_CODES } from '../../contract/error-codes.ts';
import { EVENT_OF_ROW } from '../ports/ledger.ts';
import type { HttpEnvironment } from './environment.ts';

/** What the backend asks the tenant for, as paths name it. */
const TENANT_RESOURCES = [
  'token',
  'clients',
  'connections',
  'logs',
  'organizations',
  'sessions',
  'users',
];
/** How a call to the tenant ends, as far as alerts tell it apart: well, out of rate, in one of its failures, or not. */
const TENANT_STATUSES = ['200', '429', '500', '502', '503', '504', 'none'];

/** The backend's Prometheus metrics. Labels are routes, statuses and codes, never people. */
export type Metrics = ReturnType<typeof createMetrics>;

export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = {
    registry,
    requestSeconds: new Histogram({
      name: 'understudy_http_request_seconds',
      help: 'Time to answer a request, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    launches: new Counter({
      name: 'understudy_launches_total',
      help: 'Launches by outcome: issued, or the code of the refusal.',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'understudy_refusals_total',
      help: 'Refused requests of signed-in agents, by code.',
      labelNames: ['code'],
      registers: [registry],
    }),
    tenantCallSeconds: new Histogram({
      name: 'understudy_tenant_call_seconds',
      help: 'Time until the tenant answered, in seconds; status "none" where it did not.',
      labelNames: ['resource', 'status'],
      buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    tenantRateRemaining: new Gauge({
      name: 'understudy_tenant_rate_remaining',
      help: 'Calls that the tenant said are left of its rate limit, in its last answer.',
      labelNames: ['api'],
      registers: [registry],
    }),
    policyInForce: new Gauge({
      name: 'understudy_policy_in_force',
      help: 'Always 1; the label is the hash of the company rules that launches are decided by.',
      labelNames: ['hash'],
      registers: [registry],
    }),
    policyBehind: new Gauge({
      name: 'understudy_policy_behind',
      help: '1 while this replica has other rules than those in force, and refuses launches.',
      registers: [registry],
    }),
    policyRejected: new Gauge({
      name: 'understudy_policy_change_rejected',
      help: '1 while the folder of policies has a change that is not clean, so that older rules are in force.',
      registers: [registry],
    }),
    ledgerRows: new Counter({
      name: 'understudy_ledger_rows_total',
      help: 'Rows that this process wrote, by type: launch_confirmed, launch_unconfirmed, and so on.',
      labelNames: ['type'],
      registers: [registry],
    }),
    readLimitUsed: new Gauge({
      name: 'understudy_read_limit_used_ratio',
      help: 'The largest share of the hourly ceiling of customers read that any agent has used.',
      registers: [registry],
    }),
    ledgerHead: new Gauge({
      name: 'understudy_ledger_head',
      help: 'Number of the newest ledger row that this process wrote.',
      registers: [registry],
    }),
    ledgerConflict: new Gauge({
      name: 'understudy_ledger_conflict',
      help: '1 when the ledger is no continuation of what was signed: nothing is signed any more.',
      registers: [registry],
    }),
  };
  // A counter that begins with its first event does not seem to rise: alerts would miss that one.
  metrics.launches.inc({ outcome: 'issued' }, 0);
  for (const code of ERROR_CODES) {
    metrics.launches.inc({ outcome: code }, 0);
    metrics.refusals.inc({ code }, 0);
  }
  for (const resource of TENANT_RESOURCES) {
    for (const status of TENANT_STATUSES) {
      metrics.tenantCallSeconds.zero({ resource, status });
    }
  }
  for (const type of Object.keys(EVENT_OF_ROW)) {
    metrics.ledgerRows.inc({ type }, 0);
  }
  return metrics;
};

/** Times every request by its route pattern. */
export const measureRequests = (metrics: Metrics) =>
  createMiddleware<HttpEnvironment>(async (c, next) => {
    const stop = metrics.requestSeconds.startTimer({ method: c.req.method });
    await next();
    stop({ route: routePath(c, -1), status: c.res.status });
  });
