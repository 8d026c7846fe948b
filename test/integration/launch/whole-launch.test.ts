import { beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import { ledgerRowSchema } from '../../../src/contract/ledger.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');
const desk = endpoints.targetApps.find(({ kind }) => kind === 'spa');
if (!shop || !desk) {
  throw new Error('The sandbox lacks an app.');
}

const loginUrl = (launch: {
  loginUrl: string;
  sessionTransferToken: string;
  organizationId?: string;
}) => {
  const url = new URL(launch.loginUrl);
  url.searchParams.set('session_transfer_token', launch.sessionTransferToken);
  if (launch.organizationId) {
    url.searchParams.set('organization', launch.organizationId);
  }
  return url;
};

let agent: AgentClient;
let supervisor: AgentClient;
let trainee: AgentClient;
beforeAll(async () => {
  const clientOf = async (account: (typeof accounts)['agent']) =>
    createAgentClient(endpoints, await signIn(endpoints, account));
  [agent, supervisor, trainee] = await Promise.all([
    clientOf(accounts.agent),
    clientOf(accounts.supervisor),
    clientOf(accounts.trainee),
  ]);
});

const ledgerRowOf = async (launchId: string) => {
  const { text } = await supervisor.get('/v1/ledger');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(JSON.parse(line).content))
    .filter((row) => row.launchId === launchId);
};

const findCustomer = async (term: string) => {
  const { body } = await agent.get(`/v1/customers?q=${encodeURIComponent(term)}`);
  return body.customers[0];
};

describe('an agent', () => {
  it('an agent is told who they are and what they may do', async () => {
    const { body } = await agent.get('/v1/me');
    expect(body).toMatchObject({
      agent: { name: 'Sam Rivera', email: accounts.agent.email },
      permissions: ['impersonate:customers', 'read:customers'],
    });
  });

  it('an agent sees the target apps of the tenant', async () => {
    const { body } = await agent.get('/v1/target-apps');
    expect(body.targetApps).toMatchObject([
      { id: shop.id, loginUrl: shop.loginUrl, organizationUsage: 'deny' },
      { id: desk.id, loginUrl: desk.loginUrl, organizationUsage: 'require' },
    ]);
  });

  it('an agent finds a customer by part of the name', async () => {
    expect(await findCustomer('nora lind')).toMatchObject({
      id: accounts.customer.id,
      email: accounts.customer.email,
    });
  });

  it('an agent acts as the customer in the app, on the record', async () => {
    const { status, body } = await agent.launch({
      customerId: accounts.customer.id,
      targetAppId: shop.id,
    });
    expect(status).toBe(201);
    const page = await createWebClient().open(loginUrl(body));
    expect(page.url.origin).toBe(new URL(shop.home).origin);
    expect(page.text).toContain('Nora Lindqvist');
    expect(page.text).toContain(body.id);
    const rows = await ledgerRowOf(body.id);
    expect(rows.slice(0, 2).map(({ type }) => type)).toEqual(['launch_requested', 'launch_issued']);
  });

  it.each(['x" OR user_id:*', '*:*', 'name:/.*/', '((((((', 'zz AND NOT yy', '\\\\\\', '💥💥💥'])(
    'an agent can search for %s without harm',
    async (term) => {
      const { status, body } = await agent.get(`/v1/customers?q=${encodeURIComponent(term)}`);
      expect(status).toBe(200);
      expect(body.customers).toEqual([]);
    },
  );
});

it('a launch is confirmed by the tenant’s own log once it was redeemed', async () => {
  // A customer of nobody else's launches: of two in the same minute the log could not tell which was redeemed.
  const { id: customerId } = await findCustomer('isla macleod');
  const { body } = await agent.launch({ customerId, targetAppId: shop.id });
  await createWebClient().open(loginUrl(body));
  const occurredAt = new Date().toISOString();
  await agent.post(`/v1/launches/${body.id}/events`, { type: 'opened', occurredAt });
  await expect
    .poll(async () => (await agent.get(`/v1/launches/${body.id}`)).body.state)
    .toBe('confirmed');
});

describe('a launch that is refused', () => {
  type Changes = () => Promise<Record<string, unknown>> | Record<string, unknown>;
  const nora = { customerId: accounts.customer.id };
  const cases: readonly (readonly [string, Changes, number, string])[] = [
    [
      'for a protected account',
      async () => ({
        customerId: (await findCustomer('Greta Halvorsen')).id,
        targetAppId: shop.id,
      }),
      403,
      'customer_protected',
    ],
    [
      'for somebody who does not exist',
      () => ({ customerId: 'auth0|nobody', targetAppId: shop.id }),
      404,
      'customer_not_found',
    ],
    [
      'for the own account',
      async () => ({
        customerId: (await agent.get('/v1/me')).body.agent.sub,
        targetAppId: shop.id,
      }),
      403,
      'customer_protected',
    ],
    [
      'for another agent',
      async () => ({
        customerId: (await supervisor.get('/v1/me')).body.agent.sub,
        targetAppId: shop.id,
      }),
      403,
      'customer_protected',
    ],
    [
      'in an unknown app',
      () => ({ ...nora, targetAppId: 'nothing' }),
      404,
      'target_app_unavailable',
    ],
    [
      'in the backend as an app',
      () => ({ ...nora, targetAppId: endpoints.clients.requesting.clientId }),
      404,
      'target_app_unavailable',
    ],
    [
      'without the organization',
      () => ({ ...nora, targetAppId: desk.id }),
      422,
      'organization_required',
    ],
    [
      "in somebody else's organization",
      () => ({ ...nora, targetAppId: desk.id, organizationId: 'org_nobodys' }),
      422,
      'organization_not_member',
    ],
    [
      'with an organization where there is none',
      () => ({ ...nora, targetAppId: shop.id, organizationId: accounts.customer.organizations[0] }),
      422,
      'organization_not_allowed',
    ],
    [
      'without a reason',
      () => ({ ...nora, targetAppId: shop.id, reason: ' ' }),
      422,
      'reason_required',
    ],
    [
      'with a malformed ticket',
      () => ({ ...nora, targetAppId: shop.id, ticket: 'no' }),
      422,
      'ticket_required',
    ],
    [
      'without an actor token',
      () => ({ ...nora, targetAppId: shop.id, actorToken: undefined }),
      401,
      'actor_unavailable',
    ],
    [
      'with an access token as actor token',
      () => ({ ...nora, targetAppId: shop.id, actorToken: agent.tokens.accessToken }),
      403,
      'actor_mismatch',
    ],
    [
      "with another agent's actor token",
      () => ({ ...nora, targetAppId: shop.id, actorToken: supervisor.tokens.idToken }),
      403,
      'actor_mismatch',
    ],
    [
      'with an actor token that was changed',
      () => ({
        ...nora,
        targetAppId: shop.id,
        actorToken: `${agent.tokens.idToken.slice(0, -6)}AAAAAA`,
      }),
      401,
      'actor_unavailable',
    ],
  ];

  it.each(cases)(
    'a launch that is refused %s says why and is recorded',
    async (_name, changes, status, code) => {
      const id = crypto.randomUUID();
      const { status: answered, body } = await agent.launch({ id, ...(await changes()) });
      expect([answered, body.code]).toEqual([status, code]);
      expect(body.action).not.toBe('');
      expect(await ledgerRowOf(id)).toMatchObject([{ type: 'launch_refused', code }]);
    },
  );

  it('a launch that is refused for want of permission is recorded', async () => {
    const id = crypto.randomUUID();
    const { status, body } = await trainee.launch({ ...nora, id, targetAppId: shop.id });
    expect([status, body.code]).toEqual([403, 'permission_denied']);
    expect(await ledgerRowOf(id)).toMatchObject([{ type: 'launch_refused' }]);
  });

  it('a launch that is refused for an id that is used up does not tell whose', async () => {
    const id = crypto.randomUUID();
    await agent.launch({ ...nora, id, targetAppId: shop.id });
    const own = await agent.launch({ ...nora, id, targetAppId: shop.id });
    const others = await supervisor.launch({ ...nora, id, targetAppId: shop.id });
    const told = ({ status, body }: typeof own) => ({ status, ...body, requestId: '' });
    expect(own.status).toBe(409);
    expect(told(others)).toEqual(told(own));
  });
});

it('the ledger of all this is intact', async () => {
  const { text } = await supervisor.get('/v1/ledger');
  const rows = async function* () {
    for (const line of text.trim().split('\n')) {
      yield ledgerRowSchema.parse(JSON.parse(line));
    }
  };
  expect(await verifyChain(rows())).toMatchObject({ intact: true });
});
