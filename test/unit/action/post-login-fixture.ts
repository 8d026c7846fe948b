import type { PostLoginEvent } from '../../../src/action/post-login/event.ts';
import { onExecutePostLogin } from '../../../src/action/post-login/main.ts';

export const ACTOR = {
  sub: 'auth0|agent',
  app: 'shop',
  launch: 'l-1',
  mode: 'full',
  grant: 'm=120',
};

/** A customer of a database connection, with one identity. */
export const CUSTOMER = {
  user_id: 'auth0|customer',
  identities: [{ connection: 'customers' }],
  app_metadata: {},
};

/** Changes to an event; `undefined` removes what is there. */
type Changes = {
  readonly [Key in keyof PostLoginEvent]?: PostLoginEvent[Key] | undefined;
};

/** Runs the Action on a login to Shop with these changes, and tells what it called. */
export const runPostLogin = async (changes: Changes): Promise<unknown[][]> => {
  const calls: unknown[][] = [];
  const event = {
    client: { client_id: 'shop' },
    connection: { name: 'customers' },
    user: CUSTOMER,
    authorization: { roles: [] },
    ...changes,
    secrets: {
      REQUESTING_CLIENT_ID: 'requesting-client',
      EXTENSION_CLIENT_ID: 'extension-client',
      AGENT_ROLES: 'Support Agent,Support Supervisor',
      PROTECTED_ROLES: 'Administrator',
      CUSTOMER_CONNECTIONS: 'customers,acme-sso',
      ...changes.secrets,
    },
  };
  await onExecutePostLogin(event as PostLoginEvent, {
    access: { deny: (reason) => calls.push(['deny', reason]) },
    idToken: { setCustomClaim: (name, value) => calls.push(['claim', name, value]) },
    multifactor: {
      enable: (provider, options) => calls.push(['multifactor', provider, options]),
    },
    session: {
      setMetadata: (key, value) => calls.push(['metadata', key, value]),
      setExpiresAt: (absolute) => calls.push(['expiry', absolute]),
    },
  });
  return calls;
};
