import { describe, expect, it } from 'vitest';
import type { PostLoginEvent } from '../../../src/action/post-login/event.ts';
import { staff } from './delegated-logins.ts';
import { runPostLogin as run } from './post-login-fixture.ts';

const NO_SECRETS = {
  REQUESTING_CLIENT_ID: undefined,
  EXTENSION_CLIENT_ID: undefined,
  AGENT_ROLES: undefined,
  PROTECTED_ROLES: undefined,
  CUSTOMER_CONNECTIONS: undefined,
};

describe.each([
  ['somebody’s own login', {}],
  ['the login of an administrator', { authorization: { roles: ['Administrator'] } }],
  ['the login of staff', { user: staff, connection: { name: 'staff' } }],
  ['a login whose roles are not known', { authorization: undefined }],
  ['a login whose identities break the Action', { user: { user_id: 'x', identities: null } }],
  ['the exchange of another application', { transaction: { protocol: 'oauth2-token-exchange' } }],
  [
    'the delegation of another product, at the exchange',
    {
      transaction: { actor: { sub: 'auth0|agent' }, protocol: 'oauth2-token-exchange' },
      user: staff,
    },
  ],
  [
    'the delegation of another product, at redemption',
    { session: { actor: { sub: 'auth0|agent', app: 'elsewhere' } }, user: staff },
  ],
  [
    'a login to the requesting application in a browser',
    { client: { client_id: 'requesting-client' }, transaction: { protocol: 'oidc-basic-profile' } },
  ],
])('%s', (_name, changes) => {
  it('passes untouched', async () => {
    expect(await run(changes as Partial<PostLoginEvent>)).toEqual([]);
  });

  it('passes untouched when every secret is missing', async () => {
    expect(await run({ ...changes, secrets: NO_SECRETS } as Partial<PostLoginEvent>)).toEqual([]);
  });

  it('passes untouched when every secret is wrong', async () => {
    const secrets = Object.fromEntries(Object.keys(NO_SECRETS).map((name) => [name, ',']));
    const wrong = { ...secrets, ALSO_OPENS: '{', SESSION_METADATA: 'x', SESSION_EXPIRY: 'x' };
    expect(await run({ ...changes, secrets: wrong } as Partial<PostLoginEvent>)).toEqual([]);
  });
});
