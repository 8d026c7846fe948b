import { post } from './fixture-browser.ts';
import { canonicalOrigin } from './fixture-seed.ts';
import type { FixtureTenant } from './fixture-tenant.ts';

export type ManagementAnswer = { status: number; body: Record<string, unknown> };

/** Calls the Management API as a client: `operator` may do everything, `machine` little. */
export const fixtureManagement = (
  tenant: FixtureTenant,
  client: 'operator' | 'machine' = 'operator',
) => {
  let token: string | undefined;
  const signIn = async (): Promise<string> => {
    const answer = await post(tenant, `${canonicalOrigin}/oauth/token`, {
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: `secret-of-${client}`,
      audience: `${canonicalOrigin}/api/v2/`,
    });
    return String(answer.body['access_token']);
  };
  return async (method: string, path: string, body?: unknown): Promise<ManagementAnswer> => {
    token ??= await signIn();
    const response = await tenant.fetch(
      new Request(`${canonicalOrigin}/api/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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
