import fc from 'fast-check';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

/** A request without its access token. */
export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** What no answer and no line of a log may show. */
export const TRACE = /\n\s+at |node_modules|\.ts:\d+|node:internal/;

/** Requests of every kind to a backend, most of them wrong in some way; `idToken` proves who the agent is. */
export const randomCalls = (
  { accounts, targetApps }: Pick<Endpoints, 'accounts' | 'targetApps'>,
  idToken: string,
): fc.Arbitrary<Call> => {
  const id = fc.oneof(
    fc.uuid(),
    fc.constantFrom(accounts.customer.id, '..%2f..', '%00', 'a'.repeat(5_000), "' OR 1=1 --"),
    fc.string({ maxLength: 40 }).map(encodeURIComponent),
  );
  const value = fc
    .string({ unit: 'binary', maxLength: 60 })
    .map((text) => encodeURIComponent(text.toWellFormed()));

  const path = fc.oneof(
    fc.constantFrom(
      '/v1/me',
      '/v1/target-apps',
      '/v1/ledger',
      '/v1/launches',
      '/v1/own-sessions',
      '/readyz',
      '/openapi.json',
    ),
    id.map((each) => `/v1/customers/${each}`),
    id.map((each) => `/v1/launches/${each}`),
    id.map((each) => `/v1/launches/${each}/events`),
    id.map((each) => `/v1/launches/${each}/end`),
    fc.constant('/v1/launches/preview'),
    value.map((each) => `/v1/customers?q=${each}`),
    fc.tuple(value, value).map(([q, limit]) => `/v1/customers?q=${q}&limit=${limit}`),
    value.map((each) => `/v1/customers?ids=${each}`),
    value.map((each) => `/v1/customers/by-record?url=${each}`),
    value.map((each) => `/v1/customers/by-record?email=${each}`),
    value.map((each) => `/v1/launches?state=${each}`),
  );

  const anyLaunch = fc.record(
    {
      id: fc.oneof(fc.uuid(), fc.string()),
      customerId: fc.oneof(fc.constant(accounts.customer.id), fc.string()),
      targetAppId: fc.oneof(fc.constant(targetApps[0]?.id ?? ''), fc.string()),
      organizationId: fc.string(),
      reason: fc.string({ unit: 'binary' }),
      ticket: fc.string({ unit: 'binary' }),
      actorToken: fc.oneof(fc.string(), fc.constant('e30.e30.e30')),
    },
    { requiredKeys: [] },
  );
  const good = {
    customerId: accounts.customer.id,
    targetAppId: targetApps[0]?.id ?? '',
    reason: 'Cannot see the invoice',
    actorToken: idToken,
  };
  /** A launch that is right but for one field, or as a whole. */
  const nearlyGood: fc.Arbitrary<Call> = fc
    .tuple(
      fc.uuid(),
      fc.option(fc.constantFrom(...Object.keys(good)), { freq: 2 }),
      fc.string({ unit: 'binary' }),
    )
    .map(([launchId, field, wrong]) => ({
      method: 'POST',
      path: '/v1/launches',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...good, id: launchId, ...(field !== null && { [field]: wrong }) }),
    }));
  const event = fc.record(
    {
      type: fc.constantFrom('opened', 'landed', 'not_landed', 'ended', 'x'),
      occurredAt: fc.oneof(fc.constant(new Date().toISOString()), fc.string()),
      seen: fc.oneof(fc.object(), fc.constant(null)),
      cause: fc.string(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    anyLaunch.map((each) => JSON.stringify(each)),
    event.map((each) => JSON.stringify(each)),
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      '{',
      '['.repeat(20_000),
      `"${'a'.repeat(70_000)}"`,
      '{"__proto__":{"id":1}}',
    ),
  );

  const anyCall: fc.Arbitrary<Call> = fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
      path,
      type: fc.constantFrom('application/json', 'application/json', 'text/plain', 'x'),
      extra: fc.constantFrom<Record<string, string>>(
        {},
        {},
        { 'x-forwarded-for': "1.2.3.4, ' OR 1=1" },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ),
      body,
    })
    .map(({ method, path: at, type, extra, body: text }) => ({
      method,
      path: at,
      headers: { 'content-type': type, ...extra },
      body: method === 'GET' || method === 'OPTIONS' ? undefined : text,
    }));
  return fc.oneof({ arbitrary: anyCall, weight: 9 }, { arbitrary: nearlyGood, weight: 1 });
};

/** Sends a request with an access token. */
export const sendCall = async (
  origin: string,
  { method, path, headers, body }: Call,
  token: string,
): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, text: await response.text() };
};
