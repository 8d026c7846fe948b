import { describe, expect, it } from 'vitest';
import type { PostLoginEvent } from '../../../src/action/post-login/event.ts';
import { atExchange, atRedemption } from './delegated-logins.ts';
import { CUSTOMER, runPostLogin as run } from './post-login-fixture.ts';

describe("an agent's own sign-in", () => {
  it("puts the agent's roles into the extension's ID token", async () => {
    const calls = await run({
      client: { client_id: 'extension-client' },
      authorization: { roles: ['Support Agent', 'Janitor'] },
    });
    expect(calls).toEqual([['claim', 'https://understudy.example/roles', ['Support Agent']]]);
  });

  it('claims no role for somebody without one', async () => {
    const calls = await run({ client: { client_id: 'extension-client' } });
    expect(calls).toEqual([['claim', 'https://understudy.example/roles', []]]);
  });
});

describe('a second factor', () => {
  const acr_values = ['http://schemas.openid.net/pape/policies/2007/06/multi-factor'];

  it("is asked for where the extension's sign-in asks for it, even in a browser that was remembered", async () => {
    const calls = await run({
      client: { client_id: 'extension-client' },
      transaction: { acr_values },
    });
    expect(calls).toContainEqual(['multifactor', 'any', { allowRememberBrowser: false }]);
  });

  it.each<[string, Parameters<typeof run>[0]]>([
    [
      'a sign-in that asks for another class',
      { client: { client_id: 'extension-client' }, transaction: { acr_values: ['urn:example'] } },
    ],
    ["another application's sign-in", { transaction: { acr_values } }],
    [
      'a launch at the exchange',
      { ...atExchange, transaction: { ...atExchange.transaction, acr_values } },
    ],
  ])('is not asked for at %s', async (_name, changes) => {
    expect((await run(changes)).flat()).not.toContain('multifactor');
  });
});

describe.each([
  ['the exchange', atExchange],
  ['redemption', atRedemption],
])('a launch at %s', (_name, delegated) => {
  it('passes for an ordinary customer', async () => {
    expect(await run(delegated)).toEqual([]);
  });

  it('is denied for an account that is marked as protected', async () => {
    const user = { ...CUSTOMER, app_metadata: { understudy_protected: true } };
    expect(await run({ ...delegated, user })).toEqual([['deny', 'This account is protected.']]);
  });

  it.each(['true', 1, {}])('is denied for a mark that reads %j', async (understudy_protected) => {
    const user = { ...CUSTOMER, app_metadata: { understudy_protected } };
    expect(await run({ ...delegated, user })).toEqual([['deny', 'This account is protected.']]);
  });

  it('is denied under a mark of another name', async () => {
    const user = { ...CUSTOMER, app_metadata: { vip: true } };
    const secrets = { PROTECTED_METADATA_KEY: 'vip' };
    expect(await run({ ...delegated, user, secrets })).toEqual([
      ['deny', 'This account is protected.'],
    ]);
  });

  it.each(['Administrator', ' administrator', 'Support Supervisor'])(
    'is denied for a holder of %s',
    async (role) => {
      expect(await run({ ...delegated, authorization: { roles: [role] } })).toEqual([
        ['deny', 'This account has a protected role.'],
      ]);
    },
  );

  it("is denied for the agent's own account", async () => {
    const user = { ...CUSTOMER, user_id: 'auth0|agent' };
    expect(await run({ ...delegated, user })).toEqual([['deny', 'Nobody may act as themselves.']]);
  });

  it.each([
    ['another connection', { name: 'staff' }],
    ['a connection that is not known', undefined],
  ])('is denied for an account that comes through %s', async (_through, connection) => {
    expect(await run({ ...delegated, connection })).toEqual([
      ['deny', 'This account is not a customer account.'],
    ]);
  });

  it('is denied for an account that is linked to one of staff', async () => {
    const identities = [{ connection: 'customers' }, { connection: 'staff' }];
    expect(await run({ ...delegated, user: { ...CUSTOMER, identities } })).toEqual([
      ['deny', 'This account is linked to one that is not a customer account.'],
    ]);
  });

  it('passes for an account that is linked to an allowed connection', async () => {
    const identities = [{ connection: 'customers' }, { connection: 'google-oauth2' }];
    const secrets = { LINKED_CONNECTIONS_ALLOWED: 'google-oauth2, apple' };
    expect(await run({ ...delegated, user: { ...CUSTOMER, identities }, secrets })).toEqual([]);
  });

  it('is denied for an account that comes through a connection that is only allowed to be linked', async () => {
    const secrets = { LINKED_CONNECTIONS_ALLOWED: 'google-oauth2' };
    const connection = { name: 'google-oauth2' };
    expect(await run({ ...delegated, connection, secrets })).toEqual([
      ['deny', 'This account is not a customer account.'],
    ]);
  });

  it.each([[[]], [undefined]])('is denied when the identities are %j', async (identities) => {
    const { identities: _known, ...user } = CUSTOMER;
    expect(
      await run({ ...delegated, user: { ...user, ...(identities && { identities }) } }),
    ).toEqual([['deny', 'The identities of this account are not known.']]);
  });

  it('is denied when the roles are not known', async () => {
    expect(await run({ ...delegated, authorization: undefined })).toEqual([
      ['deny', 'The roles of this account are not known.'],
    ]);
  });

  it('puts no role into a token', async () => {
    const calls = await run({ ...delegated, client: { client_id: 'extension-client' } });
    expect(calls.filter(([name]) => name === 'claim')).toEqual([]);
  });

  it.each(['REQUESTING_CLIENT_ID', 'AGENT_ROLES', 'PROTECTED_ROLES', 'CUSTOMER_CONNECTIONS'])(
    'is denied by name when the secret %s is missing',
    async (secret) => {
      expect(await run({ ...delegated, secrets: { [secret]: ' ' } })).toEqual([
        ['deny', `The secret ${secret} is not set on this Action.`],
      ]);
    },
  );

  it.each([
    [
      'ALSO_OPENS',
      '{',
      'The secret ALSO_OPENS must be JSON like {"<client id>": ["<client id>"]}.',
    ],
    [
      'ALSO_OPENS',
      '["shop"]',
      'The secret ALSO_OPENS must be JSON like {"<client id>": ["<client id>"]}.',
    ],
    ['SESSION_METADATA', 'yes', 'The secret SESSION_METADATA must be "on" or "off".'],
    ['SESSION_EXPIRY', 'On', 'The secret SESSION_EXPIRY must be "on" or "off".'],
  ])('is denied when the secret %s reads %s', async (secret, text, reason) => {
    expect(await run({ ...delegated, secrets: { [secret]: text } })).toEqual([['deny', reason]]);
  });

  it('is denied when the event breaks the Action', async () => {
    const user = { ...CUSTOMER, identities: [null] } as unknown as PostLoginEvent['user'];
    expect(await run({ ...delegated, user })).toEqual([['deny', 'The Action failed.']]);
  });
});

describe('an exchange', () => {
  it.each([
    ['an actor without a launch', { actor: { sub: 'auth0|agent' } }],
    ['an actor whose launch is blank', { actor: { sub: 'auth0|agent', launch: '' } }],
    ['no actor', { protocol: 'oauth2-token-exchange' }],
  ])('by the requesting application with %s is denied', async (_name, transaction) => {
    const client = { client_id: 'requesting-client' };
    expect(await run({ client, transaction })).toEqual([
      ['deny', 'This application exchanges tokens for launches only.'],
    ]);
  });

  it('of a launch by another application is denied', async () => {
    expect(await run({ ...atExchange, client: { client_id: 'other-client' } })).toEqual([
      ['deny', 'This application may not act for agents.'],
    ]);
  });
});

it('an agent signs in without a role when the secret AGENT_ROLES is missing', async () => {
  const client = { client_id: 'extension-client' };
  expect(await run({ client, secrets: { AGENT_ROLES: undefined } })).toEqual([]);
});
