import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createSessionTransfer } from '../../../../../../src/backend/adapters/auth0/exchange/session-transfer.ts';
import { readSigningKey } from '../../../../../../src/backend/adapters/auth0/exchange/signing-key.ts';
import { tenantEndpoints } from '../../../../../../src/backend/adapters/auth0/tenant-endpoints.ts';
import type {
  ExchangeRequest,
  VerifiedActorToken,
} from '../../../../../../src/backend/ports/identity-provider.ts';
import { TenantUnavailableError } from '../../../../../../src/backend/ports/tenant-errors.ts';
import { AGENT, APP, CUSTOMER, LAUNCH, NOW, organizationId } from '../../../fixtures.ts';

const keys = await generateKeyPair('ES256', { extractable: true });
const signingKey = await readSigningKey(
  JSON.stringify({ ...(await exportJWK(keys.privateKey)), kid: 'k1' }),
);

type Seen = { headers: Record<string, unknown>; form: URLSearchParams };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) {
    close();
  }
});

/** A token endpoint that answers as told and remembers what it was asked. */
const tokenEndpoint = async (status: number, body: string, type = 'application/json') => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      seen.push({ headers: request.headers, form: new URLSearchParams(text) });
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}/`;
  const cutOff = new AbortController();
  const prepare = createSessionTransfer({
    tenant: tenantEndpoints(issuer),
    clientId: 'requesting',
    clientSecrets: ['s3cret'],
    subjectTokenType: 'urn:example:customer',
    subjectTokens: { issuer: 'https://understudy.example.com', audience: issuer, signingKey },
    clock: () => NOW,
    fetch,
    cutOff: cutOff.signal,
  });
  const exchange = (request: ExchangeRequest) => prepare(request)();
  return { seen, prepare, exchange, issuer, cutOff, close: () => server.close() };
};

const REQUEST = {
  launchId: LAUNCH,
  agentId: AGENT.id,
  actorToken: 'actor.id.token' as VerifiedActorToken,
  agentIp: '203.0.113.7',
  customer: CUSTOMER,
  targetAppId: APP.id,
  grant: { mode: 'full' as const, minutes: 120 },
};
const GOOD = JSON.stringify({
  access_token: 'stt',
  issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
  token_type: 'N_A',
  expires_in: 60,
});

describe('the exchange', () => {
  it('sends what Auth0 documents, once', async () => {
    const { seen, exchange } = await tokenEndpoint(200, GOOD);
    expect(await exchange(REQUEST)).toEqual({ token: 'stt', expiresInSeconds: 60 });
    expect(seen).toHaveLength(1);
    const { subject_token: _subject, ...form } = Object.fromEntries(seen[0]?.form ?? []);
    expect(form).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: 'urn:127.0.0.1:session_transfer',
      subject_token_type: 'urn:example:customer',
      actor_token: 'actor.id.token',
      actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      client_id: 'requesting',
      client_secret: 's3cret',
    });
    expect(seen[0]?.headers['auth0-forwarded-for']).toBe('203.0.113.7');
  });

  it('asks the tenant nothing while it is only prepared', async () => {
    const { seen, prepare } = await tokenEndpoint(200, GOOD);
    const exchange = prepare(REQUEST);
    await prepare(REQUEST)();
    expect(seen).toHaveLength(1);
    await exchange();
    expect(seen).toHaveLength(2);
  });

  it('signs the subject token as designed', async () => {
    const { seen, exchange, issuer } = await tokenEndpoint(200, GOOD);
    await exchange({ ...REQUEST, organizationId: organizationId('org_1') });
    const { payload, protectedHeader } = await jwtVerify(
      seen[0]?.form.get('subject_token') ?? '',
      keys.publicKey,
      { currentDate: NOW },
    );
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1', typ: 'JWT' });
    expect(payload).toEqual({
      iss: 'https://understudy.example.com',
      aud: issuer,
      sub: 'auth0|nora',
      connection: 'customers',
      may_act: { sub: 'auth0|agent' },
      actor_token_sha256: 'Z5smPTPMcg58FL8m7XkainSneW8EQ5C9m0wMxBVDHnY',
      app: 'shop',
      org: 'org_1',
      mode: 'full',
      minutes: 120,
      identity_user_id: 'nora',
      jti: LAUNCH,
      iat: 1_772_366_400,
      exp: 1_772_366_460,
    });
    expect(seen[0]?.form.get('organization')).toBe('org_1');
  });

  it('says in the subject token how long ago the agent may have signed in, where that matters', async () => {
    const { seen, exchange } = await tokenEndpoint(200, GOOD);
    await exchange({ ...REQUEST, maxAuthAgeSeconds: 360 });
    const { payload } = await jwtVerify(seen[0]?.form.get('subject_token') ?? '', keys.publicKey, {
      currentDate: NOW,
    });
    expect(payload['max_auth_age']).toBe(360);
  });

  it('gives up on a tenant that is not there', async () => {
    const { exchange, close } = await tokenEndpoint(200, GOOD);
    close();
    await expect(exchange(REQUEST)).rejects.toThrow(TenantUnavailableError);
  });

  it('gives up at the cut-off on a tenant that has not answered', async () => {
    const { exchange, cutOff } = await tokenEndpoint(200, GOOD);
    const answer = exchange(REQUEST);
    cutOff.abort();
    await expect(answer).rejects.toThrow(TenantUnavailableError);
  });

  it('is not fooled by HTML', async () => {
    const { exchange } = await tokenEndpoint(200, '<html>', 'text/html');
    await expect(exchange(REQUEST)).rejects.toThrow(TenantUnavailableError);
  });

  it('does not retry', async () => {
    const { exchange, seen } = await tokenEndpoint(500, '{}');
    await expect(exchange(REQUEST)).rejects.toThrow(TenantUnavailableError);
    expect(seen).toHaveLength(1);
  });
});

describe('the signing key', () => {
  it.each([
    '',
    'not json',
    '{}',
    '{"kty":"RSA"}',
    '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"hunter2"}',
  ])('that reads %s is refused without being repeated', async (text) => {
    const failure = await readSigningKey(text).catch((error: unknown) => error);
    expect(String(failure)).toBe(
      'SigningKeyError: UNDERSTUDY_SIGNING_KEY: must be a private JWK for ES256 (P-256).',
    );
    expect((failure as Error).cause).toBeUndefined();
  });

  it('shows its public half only', () => {
    expect(Object.keys(signingKey.publicJwk).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ]);
  });
});
