import { post } from './fixture-browser.ts';
import { AGENTS_ORIGIN } from './fixture-seed.ts';
import type { FixtureTenant } from './fixture-tenant.ts';

/** Redeems a refresh token as the extension does, from an address. */
export const refresh = (
  tenant: FixtureTenant,
  token: unknown,
  overrides: Record<string, string> = {},
  ip = '198.51.100.7',
) =>
  post(
    tenant,
    `${AGENTS_ORIGIN}/oauth/token`,
    {
      grant_type: 'refresh_token',
      client_id: 'extension',
      refresh_token: String(token),
      ...overrides,
    },
    {},
    ip,
  );

/** What asks for a session transfer token instead of an access token. */
export const sessionTransfer = { audience: 'urn:agents.localhost:session_transfer' };
