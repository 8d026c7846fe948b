import { describe, expect, it } from 'vitest';
import { ROLE_CLAIM as CLAIM_OF_ACTION } from '../../../../../../src/action/role-claim.ts';
import {
  ROLE_CLAIM,
  verifyActorToken,
} from '../../../../../../src/backend/adapters/auth0/agent-tokens/verify-actor-token.ts';
import { AGENT, NOW } from '../../../fixtures.ts';
import { NOW_SECONDS, RULES, sign, type TokenChanges } from './token-fixture.ts';

const idToken = ({ claims, signedBy, type }: TokenChanges = {}) =>
  sign(
    {
      iss: 'https://agents.example.com/',
      aud: 'extension-client',
      sub: 'auth0|agent',
      iat: NOW_SECONDS - 10,
      exp: NOW_SECONDS + 36_000,
      ...claims,
    },
    signedBy,
    type,
  );

describe('an actor token', () => {
  it('that is the agent’s own fresh ID token is accepted as it is', async () => {
    const token = await idToken();
    expect(await verifyActorToken(token, AGENT.id, RULES)).toEqual({
      token,
      roles: [],
      attributes: {},
      signIn: { methods: [] },
    });
  });

  it('says when and how the agent signed in, their roles, and what the configuration reads', async () => {
    const token = await idToken({
      claims: {
        auth_time: NOW_SECONDS - 600,
        acr: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
        amr: ['mfa'],
        'https://understudy.example/roles': ['Support Agent'],
        'https://company.example/team': 'billing',
        'https://company.example/level': 3,
      },
    });
    const rules = {
      ...RULES,
      agentAttributes: {
        team: 'https://company.example/team',
        level: 'https://company.example/level',
        desk: 'https://company.example/desk',
      },
    };
    expect(await verifyActorToken(token, AGENT.id, rules)).toEqual({
      token,
      roles: ['Support Agent'],
      attributes: { team: 'billing' },
      signIn: {
        signedInAt: new Date((NOW_SECONDS - 600) * 1000),
        methods: ['mfa'],
        authClass: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
      },
    });
  });

  it('that was refreshed a moment ago is as old as the sign-in, not as the token', async () => {
    const token = await idToken({ claims: { iat: NOW_SECONDS, auth_time: NOW_SECONDS - 7200 } });
    expect(await verifyActorToken(token, AGENT.id, RULES)).toMatchObject({
      signIn: { signedInAt: new Date((NOW_SECONDS - 7200) * 1000) },
    });
  });

  it.each([undefined, '', '  '])('that is missing (%j) is unavailable', async (token) => {
    expect(await verifyActorToken(token, AGENT.id, RULES)).toMatchObject({
      code: 'actor_unavailable',
    });
  });

  it.each<[string, TokenChanges, string]>([
    ['expired', { claims: { exp: NOW_SECONDS - 60 } }, 'actor_unavailable'],
    ['16 minutes old', { claims: { iat: NOW_SECONDS - 960 } }, 'actor_unavailable'],
    ['from five minutes ahead', { claims: { iat: NOW_SECONDS + 300 } }, 'actor_unavailable'],
    ['without age', { claims: { iat: undefined } }, 'actor_unavailable'],
    ['signed by another key', { signedBy: 'stranger' }, 'actor_unavailable'],
    ['unsigned', { signedBy: 'nobody' }, 'actor_unavailable'],
    [
      'signed with the public key as secret',
      { signedBy: 'public-key-as-secret' },
      'actor_unavailable',
    ],
    ['an access token by its type', { type: 'at+jwt' }, 'actor_mismatch'],
    ['a logout token by its type', { type: 'logout+jwt' }, 'actor_mismatch'],
    ['without a type', { type: '' }, 'actor_mismatch'],
    ['of another agent', { claims: { sub: 'auth0|other' } }, 'actor_mismatch'],
    ['of another client', { claims: { aud: 'shop' } }, 'actor_mismatch'],
    ['for several clients', { claims: { aud: ['extension-client', 'shop'] } }, 'actor_mismatch'],
    ['for the client as a list', { claims: { aud: ['extension-client'] } }, 'actor_mismatch'],
    ['of another party', { claims: { azp: 'shop' } }, 'actor_mismatch'],
    ['of another issuer', { claims: { iss: 'https://evil.example/' } }, 'actor_mismatch'],
    ['already carrying act', { claims: { act: { sub: 'auth0|boss' } } }, 'actor_mismatch'],
  ])('that is %s is refused', async (_name, changes, code) => {
    const token = await idToken(changes);
    expect(await verifyActorToken(token, AGENT.id, RULES)).toMatchObject({ refused: true, code });
  });

  it('is refused when the backend’s clock is five minutes ahead of its expiry', async () => {
    const ahead = { ...RULES, clock: () => new Date(NOW.getTime() + 20 * 60_000) };
    const refusal = await verifyActorToken(await idToken(), AGENT.id, ahead);
    expect(refusal).toMatchObject({
      code: 'actor_unavailable',
      detail: expect.stringContaining('clock'),
    });
  });
});

it('the claim of the roles is the one that the post-login Action writes', () => {
  expect(ROLE_CLAIM).toBe(CLAIM_OF_ACTION);
});
