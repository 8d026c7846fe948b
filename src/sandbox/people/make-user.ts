import type { TenantUser } from '../tenant/model.ts';
import { stableHexId } from './stable-id.ts';

const CREATED_AT = '2024-03-11T09:24:00.000Z';

/** A user of a database connection, or of the enterprise connection when `provider` is `samlp`. */
export const makeUser = (options: {
  name: string;
  email: string;
  connection: string;
  provider: 'auth0' | 'samlp';
  appMetadata?: Record<string, unknown>;
}): TenantUser => {
  const { name, email, connection, provider } = options;
  const withinConnection =
    provider === 'auth0'
      ? stableHexId(`user ${connection} ${email}`, 24)
      : `${connection}|${email}`;
  return {
    user_id: `${provider}|${withinConnection}`,
    email,
    email_verified: true,
    name,
    nickname: email.split('@', 1)[0] ?? email,
    identities: [{ connection, provider, user_id: withinConnection, isSocial: false }],
    app_metadata: options.appMetadata ?? {},
    user_metadata: {},
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    logins_count: 0,
  };
};
