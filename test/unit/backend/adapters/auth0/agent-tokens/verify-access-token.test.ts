import { describe, expect, it } from 'vitest';
import { verifyAccessToken } from '../../../../../../src/backend/adapters/auth0/agent-tokens/verify-access-token.ts';
import { NOW_SECONDS, RULES, sign, type TokenChanges } from './token-fixture.ts';

const verify = async ({ claims, signedBy, type }: TokenChanges = {}) =>
  verifyAccessToken(
    await sign(
      {
        iss: 'https://agents.example.com/',
        aud: ['https://understudy.example.com', 'https://agents.example.com/userinfo'],
        sub: 'auth0|agent',
        azp: 'extension-client',
        iat: NOW_SECONDS - 10,
        exp: NOW_SECONDS + 3600,
        permissions: ['read:customers', 'something:else'],
        ...claims,
      },
      signedBy,
      type,
    ),
    RULES,
  );

describe('an access token', () => {
  it('names the agent and the permissions that the contract knows', async () => {
    expect(await verify()).toEqual({ id: 'auth0|agent', permissions: ['read:customers'] });
  });

  it('without permissions names an agent who may do nothing', async () => {
    expect(
      await verify({ claims: { permissions: undefined, scope: 'impersonate:customers' } }),
    ).toEqual({ id: 'auth0|agent', permissions: [] });
  });

  it.each(['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt'])(
    'of type %s is accepted',
    async (type) => {
      expect(await verify({ type })).toMatchObject({ id: 'auth0|agent' });
    },
  );

  it('that expired 20 seconds ago is still accepted, for clocks differ', async () => {
    expect(await verify({ claims: { exp: NOW_SECONDS - 20 } })).toMatchObject({
      id: 'auth0|agent',
    });
  });

  it.each<[string, TokenChanges]>([
    ['from a minute ahead', { claims: { iat: NOW_SECONDS + 60 } }],
    ['of the type of a logout token', { type: 'logout+jwt' }],
    ['of the type of a security event', { type: 'secevent+jwt' }],
    ['without a type', { type: '' }],
    ['expired', { claims: { exp: NOW_SECONDS - 60 } }],
    ['without expiry', { claims: { exp: undefined } }],
    ['of another issuer', { claims: { iss: 'https://evil.example/' } }],
    ['for another API', { claims: { aud: 'https://other.example.com' } }],
    ['of another client', { claims: { azp: 'shop' } }],
    ['without client', { claims: { azp: undefined } }],
    ['without subject', { claims: { sub: undefined } }],
    ['from a delegated session', { claims: { act: { sub: 'auth0|boss' } } }],
    ['signed by somebody else', { signedBy: 'stranger' }],
    ['unsigned', { signedBy: 'nobody' }],
    ['signed with the public key as secret', { signedBy: 'public-key-as-secret' }],
  ])('%s is refused', async (_name, changes) => {
    expect(await verify(changes)).toMatchObject({ refused: true, code: 'unauthenticated' });
  });

  it.each(['', 'a', 'a.b.c', 'e30.e30.'])('that reads "%s" is refused', async (token) => {
    expect(await verifyAccessToken(token, RULES)).toMatchObject({ code: 'unauthenticated' });
  });
});
