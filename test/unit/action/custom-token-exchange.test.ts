import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Changes,
  LAUNCH,
  NOW,
  NOW_SECONDS,
  runExchange,
  verdict,
} from './exchange-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  return () => vi.useRealTimers();
});

describe('an exchange that is in order', () => {
  it('sets the customer by their whole id and ties the actor to app, launch and grant', async () => {
    expect(await runExchange()).toEqual([
      ['setUserById', 'auth0|customer'],
      [
        'setActor',
        { sub: 'auth0|agent', app: 'shop', launch: LAUNCH, mode: 'full', grant: 'm=120' },
      ],
    ]);
  });

  it('copies mode and minutes from the subject token into the actor', async () => {
    const calls = await runExchange({ subject: { mode: 'view', minutes: 30 } });
    expect(calls[1]?.[1]).toMatchObject({ mode: 'view', grant: 'm=30' });
  });

  it('names the organization in the actor when there is one', async () => {
    const calls = await runExchange({ subject: { org: 'org_1' }, organization: 'org_1' });
    expect(calls[1]?.[1]).toMatchObject({ org: 'org_1' });
  });

  it.each(['nora', 'acme-sso|nora'])(
    'sets a customer of an enterprise connection by their whole id when the identity reads %s',
    async (identity_user_id) => {
      const calls = await runExchange({
        subject: { sub: 'samlp|acme-sso|nora', connection: 'acme-sso', identity_user_id },
      });
      expect(calls[0]).toEqual(['setUserById', 'samlp|acme-sso|nora']);
    },
  );

  it('sets a customer whose primary identity is elsewhere by the linked one', async () => {
    const calls = await runExchange({
      subject: { sub: 'google-oauth2|10769', connection: 'customers', identity_user_id: 'nora' },
    });
    expect(calls[0]).toEqual([
      'setUserByConnection',
      'customers',
      { user_id: 'nora' },
      { creationBehavior: 'none', updateBehavior: 'none' },
    ]);
  });

  it('sets at most five custom properties on the actor', async () => {
    const calls = await runExchange({ subject: { org: 'org_1' }, organization: 'org_1' });
    expect(Object.keys(calls[1]?.[1] as object).filter((key) => key !== 'sub')).toHaveLength(5);
  });
});

const refused: readonly (readonly [string, Changes, string])[] = [
  ['another audience', { resource: 'https://api.example.com' }, 'invalid_target'],
  [
    'the audience of another domain',
    { resource: 'urn:customers.example.com:session_transfer' },
    'invalid_target',
  ],
  ['another client', { client: 'somebody' }, 'unauthorized_client'],
  ['a subject token that is garbage', { rawSubjectToken: 'x.y.z' }, 'invalid_subject_token'],
  [
    'an unsigned subject token',
    { rawSubjectToken: `${btoa('{"alg":"none"}')}.${btoa('{}')}.` },
    'invalid_subject_token',
  ],
  ['an unknown key id', { header: { kid: 'k2' } }, 'invalid_subject_token'],
  ['another issuer', { subject: { iss: 'https://evil.example' } }, 'invalid_subject_token'],
  [
    'another audience in the subject token',
    { subject: { aud: 'https://other.example/' } },
    'invalid_subject_token',
  ],
  ['another token type in the header', { header: { typ: 'at+jwt' } }, 'invalid_subject_token'],
  [
    'a subject token that lives too long',
    { subject: { exp: NOW_SECONDS + 61 } },
    'invalid_subject_token',
  ],
  [
    'an expired subject token',
    { subject: { iat: NOW_SECONDS - 160, exp: NOW_SECONDS - 100 } },
    'subject_token_expired',
  ],
  [
    'a subject token five minutes ahead',
    { subject: { iat: NOW_SECONDS + 300, exp: NOW_SECONDS + 360 } },
    'subject_token_expired',
  ],
  ['a subject token without may_act', { subject: { may_act: undefined } }, 'invalid_subject_token'],
  [
    'a subject token without connection',
    { subject: { connection: undefined } },
    'invalid_subject_token',
  ],
  ['a subject token without app', { subject: { app: undefined } }, 'invalid_subject_token'],
  ['a subject token without launch id', { subject: { jti: undefined } }, 'invalid_subject_token'],
  ['a subject token without minutes', { subject: { minutes: undefined } }, 'invalid_subject_token'],
  [
    'a subject token for a session of 121 minutes',
    { subject: { minutes: 121 } },
    'invalid_subject_token',
  ],
  [
    'a subject token without the id within the connection',
    { subject: { identity_user_id: undefined } },
    'invalid_subject_token',
  ],
  [
    'an actor token from another domain of the tenant',
    { actor: { iss: 'https://customers.example.com/' } },
    'actor_mismatch',
  ],
  ['an actor token from the future', { actor: { iat: NOW_SECONDS + 120 } }, 'actor_unavailable'],
  ['no actor token', { rawActorToken: undefined }, 'actor_unavailable'],
  [
    'an actor token of another type',
    { actorTokenType: 'urn:ietf:params:oauth:token-type:access_token' },
    'actor_unavailable',
  ],
  [
    'an actor token other than the one vouched for',
    { subject: { actor_token_sha256: 'A'.repeat(43) } },
    'actor_mismatch',
  ],
  ['an actor token for another client', { actor: { aud: 'other-client' } }, 'actor_mismatch'],
  [
    'an actor token for several clients',
    { actor: { aud: ['extension-client', 'other'] } },
    'actor_mismatch',
  ],
  ['an actor token of another agent', { actor: { sub: 'auth0|other' } }, 'actor_mismatch'],
  [
    'an actor token that Auth0 found to be of another user',
    { actorUser: 'auth0|other' },
    'actor_mismatch',
  ],
  [
    'a may_act of another agent',
    { subject: { may_act: { sub: 'auth0|other' } } },
    'actor_mismatch',
  ],
  ['an actor token that carries act', { actor: { act: { sub: 'auth0|boss' } } }, 'actor_mismatch'],
  ['an actor token of 16 minutes', { actor: { iat: NOW_SECONDS - 960 } }, 'actor_unavailable'],
  [
    'a sign-in that is older than the launch allows, however fresh its token',
    { subject: { max_auth_age: 300 }, actor: { iat: NOW_SECONDS, auth_time: NOW_SECONDS - 331 } },
    'step_up_required',
  ],
  [
    'a sign-in of unknown time where the launch looks at it',
    { subject: { max_auth_age: 300 }, actor: { iat: NOW_SECONDS } },
    'step_up_required',
  ],
  [
    'an age of a sign-in that is no number',
    { subject: { max_auth_age: 'any' }, actor: { auth_time: NOW_SECONDS } },
    'invalid_subject_token',
  ],
  ['an actor token that is no JWT', { rawActorToken: 'opaque' }, 'actor_mismatch'],
  [
    'an agent without role',
    { actor: { 'https://understudy.example/roles': [] } },
    'permission_denied',
  ],
  [
    'an agent with another role',
    { actor: { 'https://understudy.example/roles': ['Janitor'] } },
    'permission_denied',
  ],
  [
    'an actor token without the role claim',
    { actor: { 'https://understudy.example/roles': undefined } },
    'permission_denied',
  ],
  ["the agent's own account", { subject: { sub: 'auth0|agent' } }, 'customer_protected'],
  [
    'an organization that the launch does not name',
    { organization: 'org_1' },
    'organization_mismatch',
  ],
  [
    'a launch whose organization is not requested',
    { subject: { org: 'org_1' } },
    'organization_mismatch',
  ],
];

const refusedBesides: readonly (readonly [string, Changes, string])[] = [
  ['an account that is no customer’s', { subject: { connection: 'staff' } }, 'customer_protected'],
  [
    'several audiences in the subject token',
    { subject: { aud: ['https://agents.example.com/', 'https://other.example/'] } },
    'invalid_subject_token',
  ],
];

describe('an exchange that is not in order', () => {
  it.each([...refused, ...refusedBesides])('with %s is denied', async (_name, changes, code) => {
    expect(await verdict(changes)).toBe(code);
  });

  it('with a wrong signature counts against the IP', async () => {
    expect(await verdict({ signedBy: 'stranger' })).toBe('rejected');
  });

  it('never reads keys from the token', async () => {
    expect(
      await verdict({ signedBy: 'stranger', header: { jku: 'https://evil.example/jwks' } }),
    ).toBe('rejected');
  });

  it('sets neither user nor actor', async () => {
    expect(await runExchange({ client: 'somebody' })).toHaveLength(1);
  });

  it('refuses a launch that was exchanged before', async () => {
    const cache = new Map<string, string>();
    await runExchange({}, cache);
    expect((await runExchange({}, cache))[0]?.slice(0, 2)).toEqual([
      'deny',
      'subject_token_reused',
    ]);
  });

  it('refuses it under another spelling of its id, too', async () => {
    const cache = new Map<string, string>();
    await runExchange({}, cache);
    const calls = await runExchange({ subject: { jti: LAUNCH.toUpperCase() } }, cache);
    expect(calls[0]?.slice(0, 2)).toEqual(['deny', 'subject_token_reused']);
  });

  it.each([
    'SUBJECT_TOKEN_ISSUER',
    'SUBJECT_TOKEN_AUDIENCE',
    'REQUESTING_CLIENT_ID',
    'EXTENSION_CLIENT_ID',
    'CUSTOMER_CONNECTIONS',
    'AGENT_ROLES',
  ])('is refused by name when the secret %s is missing', async (secret) => {
    expect(await runExchange({ secrets: { [secret]: ' ' } })).toEqual([
      ['deny', 'action_failed', `The secret ${secret} is not set on this Action.`],
    ]);
  });

  it('is refused without any detail when the pinned keys are unreadable', async () => {
    expect(await runExchange({ secrets: { SUBJECT_TOKEN_JWKS: '{"keys":"hunter2"}' } })).toEqual([
      ['deny', 'action_failed', 'The Action failed.'],
    ]);
  });
});

it('accepts clocks that differ by 20 seconds', async () => {
  expect(await verdict({ subject: { iat: NOW_SECONDS + 20, exp: NOW_SECONDS + 80 } })).toBe(
    'allowed',
  );
});

it.each([
  ['as fresh as the launch wants', { max_auth_age: 300 }, { auth_time: NOW_SECONDS - 300 }],
  ['of any age, where the launch does not look at it', {}, { auth_time: NOW_SECONDS - 86_400 }],
])('a sign-in %s is let through', async (_what, subject, actor) => {
  const calls = await runExchange({ subject, actor });
  expect(JSON.stringify(calls)).not.toContain('step_up_required');
  expect(JSON.stringify(calls)).toContain('setActor');
});
