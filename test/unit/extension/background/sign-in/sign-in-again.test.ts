import { describe, expect, test } from 'vitest';
import type { WantedSignIn } from '../../../../../src/extension/background/sign-in/authorization-code.ts';
import type { GrantedTokens } from '../../../../../src/extension/background/sign-in/granted-tokens.ts';
import { createSignInAgain } from '../../../../../src/extension/background/sign-in/sign-in-again.ts';
import { done, type Outcome, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { BACKEND } from '../fakes.ts';

const GRANTED: GrantedTokens = {
  accessToken: 'at-2',
  expiresInSeconds: 3600,
  idToken: 'id-2',
  refreshToken: 'rt-2',
  sub: 'auth0|agent',
};
const TOKENS = {
  backendOrigin: BACKEND.origin,
  sub: 'auth0|agent',
  accessToken: 'at-2',
  accessTokenExpiresAt: 1,
  idToken: 'id-2',
  idTokenReceivedAt: 1,
};

const signingInAgain = (
  window: Outcome<GrantedTokens>,
  accepted: Outcome<typeof TOKENS> = done(TOKENS),
) => {
  const asked: WantedSignIn[] = [];
  const revoked: string[] = [];
  const signInAgain = createSignInAgain({
    backend: async () => done(BACKEND),
    tokens: { acceptAgain: async () => accepted },
    authorizationCode: async (_backend, wanted) => {
      asked.push(wanted);
      return window;
    },
    revoke: async (_backend, refreshToken) => {
      revoked.push(refreshToken);
      return true;
    },
    agentEmail: async () => 'sam@acme.example',
  });
  return { signInAgain, asked, revoked };
};

describe('signing in again', () => {
  test('gives the tokens of a sign-in that is younger than wanted, so that it still is when it is looked at', async () => {
    const { signInAgain, asked } = signingInAgain(done(GRANTED));
    const acrValues = 'urn:strong';
    expect(await signInAgain({ maxAgeSeconds: 300, acrValues })).toEqual(done(TOKENS));
    expect(asked).toEqual([
      { stepUp: { maxAgeSeconds: 240, acrValues }, loginHint: 'sam@acme.example' },
    ]);
  });

  test('asks for the password where less than a minute is wanted', async () => {
    const { signInAgain, asked } = signingInAgain(done(GRANTED));
    await signInAgain({ maxAgeSeconds: 30 });
    expect(asked[0]?.stepUp).toEqual({ maxAgeSeconds: 0 });
  });

  test('that the agent declines says so', async () => {
    const { signInAgain } = signingInAgain(refused(extensionProblem('sign_in_closed')));
    expect(await signInAgain({ maxAgeSeconds: 300 })).toMatchObject({
      problem: { code: 'step_up_closed' },
    });
  });

  test('that the issuer refuses says what it said, and that the agent is signed in as before', async () => {
    const problem = { ...extensionProblem('sign_in_failed'), oauthError: 'access_denied' };
    const { signInAgain } = signingInAgain(refused(problem));
    expect(await signInAgain({ maxAgeSeconds: 300 })).toEqual({
      ok: false,
      problem: { source: 'extension', code: 'step_up_failed', oauthError: 'access_denied' },
    });
  });

  test('that cannot reach the issuer says so', async () => {
    const { signInAgain } = signingInAgain(refused(extensionProblem('issuer_unreachable')));
    expect(await signInAgain({ maxAgeSeconds: 300 })).toMatchObject({
      problem: { code: 'issuer_unreachable' },
    });
  });

  test('as somebody else leaves no refresh token of theirs behind', async () => {
    const { signInAgain, revoked } = signingInAgain(
      done({ ...GRANTED, sub: 'auth0|other' }),
      refused(extensionProblem('step_up_other_account')),
    );
    expect(await signInAgain({ maxAgeSeconds: 300 })).toMatchObject({
      problem: { code: 'step_up_other_account' },
    });
    expect(revoked).toEqual(['rt-2']);
  });
});
