import type { FixtureSandbox } from './fixture-sandbox.ts';

/**
 * Calls the Management API over plain HTTP on the agents' domain; tokens are for the canonical one.
 */
export const fixtureManagement = async ({ origins, clients }: FixtureSandbox) => {
  const response = await fetch(`${origins.agents}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clients.management.client_id,
      client_secret: clients.management.client_secret ?? '',
      audience: `${origins.https}/api/v2/`,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return async (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${origins.agents}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
};

/** Puts a fresh session transfer token for the demo customer into the tenant, bound to this machine. */
export const plantToken = ({ tenant, seeded, origins, clients }: FixtureSandbox): string => {
  const token = tenant.context.randomToken(32);
  tenant.context.memory.sessionTransferTokens.set(token, {
    userId: seeded.demoCustomer.user_id,
    connection: 'customers',
    actor: { sub: seeded.staff.agent.user_id, launch: 'l-1' },
    ip: '127.0.0.1',
    origin: origins.agents,
    clientId: clients.requesting.client_id,
    scope: '',
    userAgent: '',
    expiresAt: Date.now() + 60_000,
    used: false,
  });
  return token;
};
