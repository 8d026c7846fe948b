import { describe, expect, it } from 'vitest';
import type { PostLoginEvent } from '../../../src/action/post-login/event.ts';
import { onExecutePostLogin } from '../../../src/action/post-login/main.ts';

const ACTOR = { sub: 'auth0|agent', app: 'shop', launch: 'l-1', mode: 'delegation' };

const run = async (changes: Partial<PostLoginEvent>) => {
  const calls: unknown[][] = [];
  await onExecutePostLogin(
    {
      client: { client_id: 'shop' },
      user: { user_id: 'auth0|customer', app_metadata: {} },
      authorization: { roles: [] },
      ...changes,
      secrets: {
        EXTENSION_CLIENT_ID: 'extension-client',
        AGENT_ROLES: 'Support Agent,Support Supervisor',
        PROTECTED_ROLES: 'Administrator',
        ...changes.secrets,
      },
    },
    {
      access: { deny: (reason) => calls.push(['deny', reason]) },
      idToken: { setCustomClaim: (name, value) => calls.push(['claim', name, value]) },
    },
  );
  return calls;
};

const atExchange = { transaction: { actor: ACTOR }, client: { client_id: 'requesting-client' } };
const atRedemption = { session: { actor: ACTOR } };

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

it('leaves every other login alone', async () => {
  expect(await run({ authorization: { roles: ['Administrator'] } })).toEqual([]);
});

describe.each([
  ['the exchange', atExchange],
  ['redemption', atRedemption],
])('a delegated login at %s', (_name, delegated) => {
  it('passes for an ordinary customer', async () => {
    expect(await run(delegated)).toEqual([]);
  });

  it('is denied for an account that is marked as protected', async () => {
    const user = { user_id: 'auth0|customer', app_metadata: { understudy_protected: true } };
    expect(await run({ ...delegated, user })).toEqual([['deny', 'This account is protected.']]);
  });

  it.each(['true', 1, {}])('is denied for a mark that reads %j', async (understudy_protected) => {
    const user = { user_id: 'auth0|customer', app_metadata: { understudy_protected } };
    expect(await run({ ...delegated, user })).toEqual([['deny', 'This account is protected.']]);
  });

  it('is denied under a mark of another name', async () => {
    const user = { user_id: 'auth0|customer', app_metadata: { vip: true } };
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
    expect(await run({ ...delegated, user: { user_id: 'auth0|agent' } })).toEqual([
      ['deny', 'Nobody may act as themselves.'],
    ]);
  });

  it('puts no role into a token', async () => {
    const calls = await run({ ...delegated, client: { client_id: 'extension-client' } });
    expect(calls.filter(([name]) => name === 'claim')).toEqual([]);
  });
});

it('does not run without the list of protected roles', async () => {
  await expect(run({ ...atExchange, secrets: { PROTECTED_ROLES: '' } })).rejects.toThrow(
    'The secret PROTECTED_ROLES is not set on this Action.',
  );
});

it('denies when roles are not known', async () => {
  const calls = await run({ ...atExchange, authorization: undefined } as unknown as PostLoginEvent);
  expect(calls).toEqual([['deny', 'The roles of this account are not known.']]);
});

describe('redemption', () => {
  it('is denied in another app', async () => {
    expect(await run({ ...atRedemption, client: { client_id: 'desk' } })).toEqual([
      ['deny', 'This launch is for another app.'],
    ]);
  });

  it('is denied in another organization', async () => {
    const actor = { ...ACTOR, org: 'org_1' };
    expect(await run({ session: { actor }, organization: { id: 'org_2' } })).toEqual([
      ['deny', 'This launch is for another organization.'],
    ]);
  });

  it('is denied without the organization', async () => {
    expect(await run({ session: { actor: { ...ACTOR, org: 'org_1' } } })).toEqual([
      ['deny', 'This launch is for another organization.'],
    ]);
  });

  it('is denied in an organization that the launch does not name', async () => {
    expect(await run({ ...atRedemption, organization: { id: 'org_1' } })).toEqual([
      ['deny', 'This launch is for another organization.'],
    ]);
  });

  it('passes in the organization of the launch', async () => {
    const actor = { ...ACTOR, org: 'org_1' };
    expect(await run({ session: { actor }, organization: { id: 'org_1' } })).toEqual([]);
  });

  it('leaves the app of other delegation profiles alone', async () => {
    expect(await run({ session: { actor: { sub: 'auth0|agent' } } })).toEqual([]);
  });
});
