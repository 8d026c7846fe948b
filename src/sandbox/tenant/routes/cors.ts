import type { Context } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { TenantClient } from '../model.ts';

const allows = (client: TenantClient, origin: string): boolean =>
  client.allowed_origins.includes(origin) || client.web_origins.includes(origin);

/** Lets the calling page read the answer when its origin is one of the client's. */
export const allowOrigin = (c: Context<TenantEnv>, client: TenantClient): void => {
  const origin = c.req.header('origin');
  if (origin === undefined || !allows(client, origin)) {
    return;
  }
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Vary', 'Origin', { append: true });
};

/** A preflight names no client, so an origin of any client of the tenant passes. */
export const answerPreflight = (c: Context<TenantEnv>, context: TenantContext): Response => {
  const origin = c.req.header('origin');
  const known = [...context.directory.clients.values()].some(
    (client) => origin !== undefined && allows(client, origin),
  );
  if (origin !== undefined && known) {
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Allow-Methods', 'GET, POST');
    const headers = c.req.header('access-control-request-headers');
    if (headers) {
      c.header('Access-Control-Allow-Headers', headers);
    }
    c.header('Access-Control-Max-Age', '600');
    c.header('Vary', 'Origin');
  }
  return c.body(null, 204);
};
