import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn, type Tokens } from './agent-client.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts, clients, subjectToken, targetApps } = endpoints;
const [shop, desk] = targetApps;
const jwk = JSON.parse(readFileSync(inRepository(subjectToken.signingKeyFile), 'utf8'));
const signingKey = await importJWK(jwk, 'ES256');

/** What an attacker changes who holds the client secret, the signing key and an agent's ID token. */
type Changes = {
  readonly customer?: { readonly id: string; readonly connection: string };
  readonly claims?: Record<string, unknown>;
  readonly form?: Record<string, string>;
  readonly tokens?: Tokens;
};

let agent: AgentClient;
let trainee: AgentClient;
let agentId: string;
beforeAll(async () => {
  agent = createAgentClient(endpoints, await signIn(endpoints, accounts.agent));
  trainee = createAgentClient(endpoints, await signIn(endpoints, accounts.trainee));
  agentId = (await agent.get('/v1/me')).body.agent.sub;
});

/** Asks the tenant directly, past the backend and its policy. */
const exchange = async ({
  customer = accounts.customer,
  claims,
  form,
  tokens = agent.tokens,
}: Changes) => {
  const now = Math.floor(Date.now() / 1000);
  const subject = await new SignJWT({
    iss: subjectToken.issuer,
    aud: subjectToken.audience,
    sub: customer.id,
    connection: customer.connection,
    may_act: { sub: agentId },
    actor_token_sha256: createHash('sha256').update(tokens.idToken).digest('base64url'),
    app: shop?.id,
    mode: 'full',
    minutes: 120,
    identity_user_id: customer.id.slice(customer.id.indexOf('|') + 1),
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'JWT' })
    .sign(signingKey);
  const response = await fetch(new URL('/oauth/token', endpoints.tenant.agents), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: `urn:${new URL(endpoints.tenant.agents).hostname}:session_transfer`,
      client_id: clients.requesting.clientId,
      client_secret: clients.requesting.clientSecret,
      subject_token_type: subjectToken.type,
      subject_token: subject,
      actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      actor_token: tokens.idToken,
      ...form,
    }),
  });
  const body = (await response.json()) as Record<string, string>;
  return { error: body['error'], token: body['access_token'] };
};

const find = async (term: string) =>
  (await agent.get(`/v1/customers?q=${encodeURIComponent(term)}`)).body.customers[0];

it('a client secret, signing key and actor token together yield a token for an ordinary customer', async () => {
  expect((await exchange({})).token).toMatch(/\S{20,}/);
});

describe('a stolen client secret, signing key and actor token yield no token', () => {
  it.each(['Greta Halvorsen', 'Marcus Oyelaran'])(
    'stolen credentials yield no token for %s, who is protected',
    async (name) => {
      expect(await exchange({ customer: await find(name) })).toEqual({
        error: 'access_denied',
        token: undefined,
      });
    },
  );

  it("stolen credentials yield no token for the agent's own account", async () => {
    const customer = { id: agentId, connection: 'staff' };
    expect((await exchange({ customer })).token).toBeUndefined();
  });

  it('stolen credentials yield no token for a supervisor', async () => {
    const supervisor = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
    const { sub: id } = (await supervisor.get('/v1/me')).body.agent;
    expect((await exchange({ customer: { id, connection: 'staff' } })).token).toBeUndefined();
  });

  it('stolen credentials yield no token for staff who are passed off as a customer', async () => {
    const supervisor = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
    const { sub: id } = (await supervisor.get('/v1/me')).body.agent;
    expect((await exchange({ customer: { id, connection: 'customers' } })).token).toBeUndefined();
  });

  it.each([
    ['without a mode', { mode: undefined }],
    ['without an end', { minutes: undefined }],
    ['for a whole day', { minutes: 1440 }],
    ['without the id within the connection', { identity_user_id: undefined }],
    ['under the identity of somebody else', { identity_user_id: 'somebody-else' }],
  ])('stolen credentials yield no token for a launch %s', async (_name, claims) => {
    expect((await exchange({ claims })).token).toBeUndefined();
  });

  it('stolen credentials yield no token for somebody without the role', async () => {
    const { sub } = (await trainee.get('/v1/me')).body.agent;
    const claims = { may_act: { sub } };
    expect(await exchange({ tokens: trainee.tokens, claims })).toEqual({
      error: 'permission_denied',
      token: undefined,
    });
  });

  it('stolen credentials yield no token under the name of another agent', async () => {
    const claims = { may_act: { sub: 'auth0|somebody' } };
    expect((await exchange({ claims })).error).toBe('actor_mismatch');
  });

  it('stolen credentials yield no token for another audience, where it would be an ordinary access token', async () => {
    const { token } = await exchange({ form: { audience: endpoints.backend } });
    expect(token).toBeUndefined();
  });

  it('stolen credentials yield no token without the actor token', async () => {
    const { token } = await exchange({ form: { actor_token: '', actor_token_type: '' } });
    expect(token).toBeUndefined();
  });

  it('stolen credentials yield no token twice for one launch', async () => {
    const claims = { jti: randomUUID() };
    await exchange({ claims });
    expect((await exchange({ claims })).error).toBe('subject_token_reused');
  });
});

it('a token minted for one app opens no other', async () => {
  const { token } = await exchange({ claims: { app: desk?.id } });
  const login = new URL(shop?.loginUrl ?? '');
  login.searchParams.set('session_transfer_token', token ?? '');
  expect((await createWebClient().open(login)).text).not.toContain(accounts.customer.name);
});
