import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn, type Tokens } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';
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
  /** Fields of the request; one that is `undefined` is left out. */
  readonly form?: Record<string, string | undefined>;
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
  const fields = Object.entries({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `urn:${new URL(endpoints.tenant.agents).hostname}:session_transfer`,
    client_id: clients.requesting.clientId,
    client_secret: clients.requesting.clientSecret,
    subject_token_type: subjectToken.type,
    subject_token: subject,
    actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    actor_token: tokens.idToken,
    ...form,
  });
  const response = await fetch(new URL('/oauth/token', endpoints.tenant.agents), {
    method: 'POST',
    body: new URLSearchParams(
      fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  const body = (await response.json()) as Record<string, string>;
  return { error: body['error'], reason: body['error_description'], token: body['access_token'] };
};

/** The answer of the Action that refuses; a rule of the tenant's own would answer with another reason. */
const refusal = (error: string, reason: string) => ({ error, reason, token: undefined });

const find = async (term: string) =>
  (await agent.get(`/v1/customers?q=${encodeURIComponent(term)}`)).body.customers[0];

it('a client secret, signing key and actor token together yield a token for an ordinary customer', async () => {
  expect((await exchange({})).token).toMatch(/\S{20,}/);
});

describe('a stolen client secret, signing key and actor token yield no token', () => {
  it.each([
    ['Greta Halvorsen', 'This account is protected.'],
    ['Marcus Oyelaran', 'This account has a protected role.'],
  ])('stolen credentials yield no token for %s, who is protected', async (name, reason) => {
    expect(await exchange({ customer: await find(name) })).toEqual(
      refusal('access_denied', reason),
    );
  });

  describe('where the requesting application may use the connection of the staff', () => {
    let levers: TenantLevers;
    let supervisorId: string;
    beforeAll(async () => {
      levers = await createTenantLevers(endpoints);
      const connections = (await levers.call('GET', '/connections')) as {
        id: string;
        name: string;
      }[];
      // Without it, the tenant itself refuses every account of the staff, whatever the Actions say.
      const staff = connections.find(({ name }) => name === 'staff');
      await levers.call('PATCH', `/connections/${staff?.id}/clients`, [
        { client_id: clients.requesting.clientId, status: true },
      ]);
      const supervisor = createAgentClient(endpoints, await signIn(endpoints, accounts.supervisor));
      supervisorId = (await supervisor.get('/v1/me')).body.agent.sub;
    });
    afterAll(() => levers.reset());

    it("stolen credentials yield no token for the agent's own account, passed off as a customer", async () => {
      const customer = { id: agentId, connection: 'customers' };
      expect(await exchange({ customer })).toEqual(
        refusal('customer_protected', 'Nobody may act as themselves.'),
      );
    });

    it('stolen credentials yield no token for a supervisor', async () => {
      const customer = { id: supervisorId, connection: 'staff' };
      expect(await exchange({ customer })).toEqual(
        refusal('customer_protected', 'This account is not a customer account.'),
      );
    });

    it('stolen credentials yield no token for staff who are passed off as a customer', async () => {
      const customer = { id: supervisorId, connection: 'customers' };
      expect(await exchange({ customer })).toEqual(
        refusal('access_denied', 'This account is not a customer account.'),
      );
    });
  });

  it.each([
    ['without a mode', { mode: undefined }],
    ['without an end', { minutes: undefined }],
    ['for a whole day', { minutes: 1440 }],
    ['without the id within the connection', { identity_user_id: undefined }],
  ])('stolen credentials yield no token for a launch %s', async (_name, claims) => {
    expect(await exchange({ claims })).toEqual(
      refusal('invalid_subject_token', 'The subject token lacks a claim or has a malformed one.'),
    );
  });

  it('stolen credentials yield no token for a launch under the identity of somebody who is protected', async () => {
    const { id } = await find('Greta Halvorsen');
    const claims = { identity_user_id: id.slice(id.indexOf('|') + 1) };
    expect(await exchange({ claims })).toEqual(
      refusal('access_denied', 'This account is protected.'),
    );
  });

  it('stolen credentials yield no token for somebody without the role', async () => {
    const { sub } = (await trainee.get('/v1/me')).body.agent;
    const claims = { may_act: { sub } };
    expect(await exchange({ tokens: trainee.tokens, claims })).toEqual(
      refusal('permission_denied', 'The agent has no role that may act as customers.'),
    );
  });

  it('stolen credentials yield no token under the name of another agent', async () => {
    const claims = { may_act: { sub: 'auth0|somebody' } };
    expect(await exchange({ claims })).toEqual(
      refusal('actor_mismatch', 'The actor token is of another agent than may act.'),
    );
  });

  it('stolen credentials yield no token for another audience, where it would be an ordinary access token', async () => {
    expect(await exchange({ form: { audience: endpoints.backend } })).toEqual(
      refusal('invalid_target', 'This profile gives session transfer tokens only.'),
    );
  });

  it('stolen credentials yield no token without the actor token', async () => {
    const form = { actor_token: undefined, actor_token_type: undefined };
    expect(await exchange({ form })).toEqual(
      refusal('actor_unavailable', 'An ID token of the agent is needed as actor token.'),
    );
  });

  it('stolen credentials yield no token twice for one launch', async () => {
    const claims = { jti: randomUUID() };
    expect((await exchange({ claims })).token).toMatch(/\S{20,}/);
    expect(await exchange({ claims })).toEqual(
      refusal('subject_token_reused', 'This launch was already exchanged.'),
    );
  });
});

it('a token minted for one app opens that app and no other', async () => {
  const openInShop = async (app: string | undefined) => {
    const { token } = await exchange({ claims: { app } });
    expect(token).toMatch(/\S{20,}/);
    const login = new URL(shop?.loginUrl ?? '');
    login.searchParams.set('session_transfer_token', token ?? '');
    return createWebClient().open(login);
  };
  expect((await openInShop(shop?.id)).text).toContain(accounts.customer.name);
  const { url, text } = await openInShop(desk?.id);
  expect(url.searchParams.get('error_description')).toBe('This launch is for another app.');
  expect(text).not.toContain(accounts.customer.name);
});
