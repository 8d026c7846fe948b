import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { endAllSessions } from './clean-slate.ts';
import { ordinaryCustomers } from './ordinary-customers.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
let agent: AgentClient;
let levers: TenantLevers;
let customerPath: string;
let organization: string;
let connectionId: string;

beforeAll(async () => {
  await endAllSessions(endpoints);
  const { customer } = endpoints.accounts;
  agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
  levers = await createTenantLevers(endpoints);
  const connections = (await levers.call('GET', '/connections')) as { id: string; name: string }[];
  connectionId = connections.find(({ name }) => name === customer.connection)?.id ?? '';
  customerPath = `/users/${encodeURIComponent(customer.id)}`;
  organization = customer.organizations[0] ?? '';
});
afterEach(() => levers.reset());

const appOf = (kind: Endpoints['targetApps'][number]['kind']) => {
  const app = endpoints.targetApps.find((candidate) => candidate.kind === kind);
  if (!app) {
    throw new Error(`The sandbox has no ${kind} app.`);
  }
  return app;
};
const customerId = () => endpoints.accounts.customer.id;

type Seen = { readonly origin: string; readonly error?: string };

/** Launches into Shop and opens the tab; tells where it ended up, as the extension would see it. */
const launchAndOpen = async (web = createWebClient(), customer = customerId()) => {
  const { body } = await agent.launch({
    customerId: customer,
    targetAppId: appOf('express').id,
  });
  const login = new URL(body.loginUrl);
  login.searchParams.set('session_transfer_token', body.sessionTransferToken);
  let seen: Seen = { origin: login.origin };
  try {
    const { url } = await web.open(login);
    const error = url.searchParams.get('error');
    seen = { origin: url.origin, ...(error && { error }) };
  } catch {
    // Nothing answers: the tab stays at the login URL with the browser's own error page.
  }
  return { id: body.id as string, seen };
};

/** Launches without redeeming the token: nobody lands, whatever the tenant's log is asked meanwhile. */
const launchUnopened = async (kind: 'express' | 'spa', more: object = {}) => {
  const { id, home } = appOf(kind);
  const { body } = await agent.launch({ customerId: customerId(), targetAppId: id, ...more });
  return { id: body.id as string, seen: { origin: new URL(home).origin } };
};

const diagnose = async ({ id, seen }: { id: string; seen: Seen }, more: object = {}) => {
  const event = { type: 'not_landed', occurredAt: new Date().toISOString(), seen, ...more };
  const { status, body } = await agent.post(`/v1/launches/${id}/events`, event);
  expect(status).toBe(200);
  return body.diagnosis;
};

const switchOff = (client_id: string) => [
  {
    method: 'PATCH' as const,
    path: `/connections/${connectionId}/clients`,
    body: [{ client_id, status: false }],
  },
];
const patchShop = (body: object) => [
  { method: 'PATCH' as const, path: `/clients/${appOf('express').id}`, body },
];

type Provocation = () => Promise<unknown>;
const provocations: Readonly<Record<string, Provocation>> = {
  delegation_not_allowed: () =>
    levers.beforeRedemption(
      patchShop({
        session_transfer: { allowed_authentication_methods: ['query'], delegation: null },
      }),
    ),
  query_not_allowed: () =>
    levers.beforeRedemption(
      patchShop({
        session_transfer: {
          allowed_authentication_methods: ['cookie'],
          delegation: { allow_delegated_access: true },
        },
      }),
    ),
  login_uri_drops_parameters: () =>
    levers.call('PATCH', `/clients/${appOf('express').id}`, {
      initiate_login_uri: new URL('/login-stock', appOf('express').home).href,
    }),
  connection_not_enabled_on_app: () => levers.beforeRedemption(switchOff(appOf('express').id)),
  organization_missing: () => levers.beforeRedemption(patchShop({ organization_usage: 'require' })),
  ip_mismatch: () => levers.choose({ clientAddressOverride: '2001:db8::1' }),
  // The warning that Auth0 documents is the same for a used token, and a minute tells them apart; a failure names it.
  token_expired: () =>
    levers.choose({ sessionTransferLifetimeInSeconds: 0, refusedRedemptionLogType: 'f' }),
  token_used: () => levers.choose({ sessionTransferTokensArriveUsed: true }),
  interaction_required: () =>
    levers.beforeRedemption([
      {
        method: 'PATCH',
        path: customerPath,
        body: { app_metadata: { multifactor_required: true } },
      },
    ]),
  refused_by_action: () =>
    levers.beforeRedemption([
      {
        method: 'PATCH',
        path: customerPath,
        body: { app_metadata: { understudy_protected: true } },
      },
    ]),
  app_unreachable: () =>
    levers.call('PATCH', `/sandbox/apps/${appOf('express').id}`, { running: false }),
};

describe('without a cause that can be told', () => {
  it('in the diagnosis, what cannot be told is said to be unknown, with what was ruled out', async () => {
    await levers.choose({
      refusedRedemptionLogDetail: 'generic',
      sessionTransferTokensArriveUsed: true,
    });
    const diagnosis = await diagnose(await launchAndOpen());
    expect(diagnosis.cause).toBe('unknown');
    expect(diagnosis.ruledOut).toContain('delegation_not_allowed');
  });
});

describe('a launch that does not land is diagnosed', () => {
  it.each(Object.entries(provocations))(
    'a launch that does not land is diagnosed as %s',
    async (cause, provoke) => {
      await provoke();
      const diagnosis = await diagnose(await launchAndOpen());
      expect(diagnosis).toMatchObject({ cause, evidence: [expect.stringMatching(/\S/)] });
      expect(diagnosis.how).not.toBe('');
    },
  );

  it('a launch that does not land is diagnosed as existing_session', async () => {
    const web = createWebClient();
    // As somebody else: a launch as the same customer would have the backend end this session.
    const [somebody] = await ordinaryCustomers(agent);
    const first = await launchAndOpen(web, somebody);
    await agent.post(`/v1/launches/${first.id}/events`, {
      type: 'opened',
      occurredAt: new Date().toISOString(),
    });
    expect((await diagnose(await launchAndOpen(web))).cause).toBe('existing_session');
    await agent.post(`/v1/launches/${first.id}/end`, {});
  });

  it('a launch that does not land is diagnosed as organization_not_member and organization_not_linked, in an app with organizations', async () => {
    const launchIntoDesk = () => launchUnopened('spa', { organizationId: organization });
    const first = await launchIntoDesk();
    await levers.call('DELETE', `/organizations/${organization}/members`, {
      members: [customerId()],
    });
    expect((await diagnose(first)).cause).toBe('organization_not_member');
    await levers.reset();
    const second = await launchIntoDesk();
    await levers.call(
      'DELETE',
      `/organizations/${organization}/enabled_connections/${connectionId}`,
    );
    expect((await diagnose(second)).cause).toBe('organization_not_linked');
  });

  it('a launch that does not land is diagnosed as connection_not_enabled_on_requesting_client', async () => {
    const launch = await launchUnopened('express');
    await levers.call('PATCH', `/connections/${connectionId}/clients`, [
      { client_id: endpoints.clients.requesting.clientId, status: false },
    ]);
    expect((await diagnose(launch)).cause).toBe('connection_not_enabled_on_requesting_client');
  });

  it('a launch that does not land is diagnosed as tab_closed', async () => {
    const { id } = await launchUnopened('express');
    const event = { type: 'not_landed', occurredAt: new Date().toISOString(), cause: 'tab_closed' };
    const answer = await agent.post(`/v1/launches/${id}/events`, event);
    expect(answer.body.diagnosis.cause).toBe('tab_closed');
  });
});

/** What needs no word of the log: documented warnings, configuration, addresses, answers to the app. */
const WITHOUT_WORDS = [
  'delegation_not_allowed',
  'query_not_allowed',
  'login_uri_drops_parameters',
  'connection_not_enabled_on_app',
  'organization_missing',
  'ip_mismatch',
  'interaction_required',
  'refused_by_action',
  'app_unreachable',
];

describe('where the tenant’s log only says that a login failed', () => {
  it.each(WITHOUT_WORDS)(
    'where the tenant’s log only says that a login failed, %s is still told',
    async (cause) => {
      await levers.choose({ refusedRedemptionLogDetail: 'generic' });
      await provocations[cause]?.();
      expect((await diagnose(await launchAndOpen())).cause).toBe(cause);
    },
  );
});
