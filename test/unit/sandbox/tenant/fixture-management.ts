import { post } from './fixture-browser.ts';
import { CANONICAL_ORIGIN } from './fixture-seed.ts';
import type { FixtureTenant } from './fixture-tenant.ts';

export type ManagementAnswer = { status: number; body: Record<string, unknown> };

/** A Management API token of a client. */
export const managementToken = async (
  tenant: FixtureTenant,
  client: 'operator' | 'machine' = 'operator',
): Promise<string> => {
  const answer = await post(tenant, `${CANONICAL_ORIGIN}/oauth/token`, {
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: `secret-of-${client}`,
    audience: `${CANONICAL_ORIGIN}/api/v2/`,
  });
  return String(answer.body['access_token']);
};

/** Calls the Management API as a client: `operator` may do everything, `machine` little. */
export const fixtureManagement = (
  tenant: FixtureTenant,
  client: 'operator' | 'machine' = 'operator',
) => {
  let token: string | undefined;
  return async (method: string, path: string, body?: unknown): Promise<ManagementAnswer> => {
    token ??= await managementToken(tenant, client);
    const response = await tenant.fetch(
      new Request(`${CANONICAL_ORIGIN}/api/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      { ip: '203.0.113.1' },
    );
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
};
