import '../../../src/sandbox/resolve-localhost.mjs';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

/** One call that the sandbox makes when the next session transfer token arrives. */
export type LateChange = {
  readonly method: 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
};

/** Misconfigures the local tenant over its Management API, as an administrator could. */
export const createTenantLevers = async ({ tenant, clients }: Endpoints) => {
  const answer = await fetch(new URL('/oauth/token', tenant.agents), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clients.management.clientId,
      client_secret: clients.management.clientSecret,
      audience: `${tenant.https}/api/v2/`,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(`/api/v2${path}`, tenant.agents), {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    call,
    /** Changes configuration between the exchange and the redemption, past the backend's own policy. */
    beforeRedemption: (changes: readonly LateChange[]) =>
      call(
        'PUT',
        '/sandbox/before-next-redemption',
        changes.map(({ path, ...change }) => ({ ...change, path: `/api/v2${path}` })),
      ),
    choose: (choices: Record<string, unknown>) => call('PATCH', '/sandbox/choices', choices),
    reset: () => call('POST', '/sandbox/reset'),
  };
};
export type TenantLevers = Awaited<ReturnType<typeof createTenantLevers>>;
