import type { Context } from 'hono';
import type { Caller, TenantEnv } from './context.ts';

/**
 * The parameters of a form or JSON body as strings; anything that is not a flat object of strings,
 * numbers and booleans, or has a parameter twice, gives undefined.
 *
 * @see RFC 6749 §3.2: parameters must not be included more than once.
 */
export const readBody = async (
  c: Context<TenantEnv>,
): Promise<Record<string, string> | undefined> => {
  const type = c.req.header('content-type') ?? '';
  const text = await c.req.text();
  if (type.startsWith('application/json')) {
    return fromJson(text);
  }
  return fromPairs(new URLSearchParams(text));
};

/** The query's parameters; a repeated one gives undefined. */
export const readQuery = (c: Context<TenantEnv>): Record<string, string> | undefined =>
  fromPairs(new URL(c.req.url).searchParams);

const fromPairs = (pairs: URLSearchParams): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (Object.hasOwn(parameters, name)) {
      return undefined;
    }
    parameters[name] = value;
  }
  return parameters;
};

const fromJson = (text: string): Record<string, string> | undefined => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return undefined;
    }
    parameters[name] = String(value);
  }
  return parameters;
};

/** Who is calling, from which address, at which domain. */
export const describeCaller = (c: Context<TenantEnv>): Caller => ({
  domain: c.var.domain,
  ip: c.env.ip,
  userAgent: c.req.header('user-agent') ?? '',
  language: c.req.header('accept-language')?.split(',')[0] ?? 'en',
  method: c.req.method,
});
