import { describe, expect, test } from 'vitest';
import type { GrantedTokens } from '../../../../../src/extension/background/sign-in/granted-tokens.ts';
import { createSignIn } from '../../../../../src/extension/background/sign-in/sign-in.ts';
import type { SignInStatus } from '../../../../../src/extension/background/sign-in/sign-in-status.ts';
import { createSignOut } from '../../../../../src/extension/background/sign-in/sign-out.ts';
import { done, type Outcome, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { BACKEND, fakeIdentity, memoryArea } from '../fakes.ts';

const GRANTED: GrantedTokens = {
  accessToken: 'at-1',
  expiresInSeconds: 3600,
  idToken: 'id-1',
  refreshToken: 'rt-1',
  sub: 'auth0|agent',
};
const TOKENS = {
  backendOrigin: BACKEND.origin,
  sub: 'auth0|agent',
  accessToken: 'at-1',
  accessTokenExpiresAt: 1,
  idToken: 'id-1',
  idTokenReceivedAt: 1,
  refreshToken: 'rt-1',
};

const signing = (answer: Outcome<GrantedTokens>, stored: Record<string, unknown> = {}) => {
  const session = memoryArea(stored);
  const local = memoryArea();
  const statuses: SignInStatus[] = [];
  const prompts: unknown[] = [];
  const signIn = createSignIn({
    session,
    local,
    forgetOthers: session.clear,
    backend: async () => done(BACKEND),
    authorizationCode: async (_backend, { prompt }) => {
      prompts.push(prompt);
      return answer;
    },
    tokens: { accept: async () => done(TOKENS) },
    setStatus: async (status) => {
      statuses.push(status);
    },
    onSignedIn: async () => undefined,
  });
  return { signIn, session, local, statuses, prompts };
};

describe('signing in', () => {
  test('opens one window for two clicks', async () => {
    const { signIn, prompts } = signing(done(GRANTED));
    await Promise.all([signIn(), signIn()]);
    expect(prompts).toHaveLength(1);
  });

  test('says that it is under way, and then that it is over', async () => {
    const { signIn, statuses } = signing(done(GRANTED));
    await signIn();
    expect(statuses).toEqual([
      { signingIn: true, webSessionLeft: false },
      { signingIn: false, webSessionLeft: false },
    ]);
  });

  test('says why it did not work', async () => {
    const { signIn, statuses } = signing(refused(extensionProblem('sign_in_closed')));
    await signIn();
    expect(statuses.at(-1)).toEqual({
      signingIn: false,
      webSessionLeft: false,
      problem: { source: 'extension', code: 'sign_in_closed' },
    });
  });

  test("clears what another agent's session left in the browser", async () => {
    const { signIn, session } = signing(done(GRANTED), { owner: 'auth0|other', draft: 'theirs' });
    await signIn();
    expect(session.values.has('draft')).toBe(false);
  });

  test('keeps what the same agent typed before the sign-in expired', async () => {
    const { signIn, session } = signing(done(GRANTED), { owner: 'auth0|agent', draft: 'mine' });
    await signIn();
    expect(session.values.get('draft')).toBe('mine');
  });

  test('asks for the password after a sign-out that was not confirmed, once', async () => {
    const { signIn, local, prompts } = signing(done(GRANTED));
    await local.set('passwordNeeded', true);
    await signIn();
    await signIn();
    expect(prompts).toEqual(['login', undefined]);
  });
});

const signingOut = (
  window: (url: URL) => string,
  revoked = true,
  tokens: typeof TOKENS & { readonly earlierRefreshTokens?: string[] } = TOKENS,
) => {
  const session = memoryArea({ tokens: TOKENS, draft: 'x', customers: 'x', launches: 'x' });
  const order: string[] = [];
  const local = memoryArea({ backend: 'kept', recents: 'x' });
  const statuses: SignInStatus[] = [];
  const revocations: string[] = [];
  const { identity, flows } = fakeIdentity(window);
  const signOut = createSignOut({
    session,
    local,
    remembered: async () => BACKEND,
    tokens: {
      take: async () => {
        order.push('tokens');
        return session.values.has('tokens') ? tokens : undefined;
      },
    },
    eraseSnapshot: async () => void order.push('snapshot'),
    identity,
    revoke: async (_backend, refreshToken) => {
      revocations.push(refreshToken);
      return revoked;
    },
    forgetRecents: () => local.remove(['recents']),
    setStatus: async (status) => {
      statuses.push(status);
    },
  });
  return { signOut, session, local, statuses, revocations, flows, order };
};

const redirected = (url: URL): string => url.searchParams.get('returnTo') ?? '';
const stuck = (): string => {
  throw new Error('User interaction required.');
};

describe('signing out', () => {
  test('takes away what views show before the tokens', async () => {
    const { signOut, order } = signingOut(redirected);
    await signOut();
    expect(order).toEqual(['snapshot', 'tokens']);
  });

  test('revokes the refresh token and ends the web session of the sign-in', async () => {
    const { signOut, revocations, flows } = signingOut(redirected);
    expect(await signOut()).toEqual({ ok: true, value: { revoked: true, webSessionEnded: true } });
    expect(revocations).toEqual(['rt-1']);
    expect(flows.map(({ url, interactive }) => [url.href, interactive])).toEqual([
      [
        'https://agents.acme.example/v2/logout?client_id=extension-client&returnTo=https%3A%2F%2Fabcdef.chromiumapp.org%2Fsign-out',
        false,
      ],
    ]);
  });

  test('revokes the refresh tokens of the sign-ins before the last one, too', async () => {
    const earlierRefreshTokens = ['rt-first', 'rt-second'];
    const { signOut, revocations } = signingOut(redirected, true, {
      ...TOKENS,
      earlierRefreshTokens,
    });
    await signOut();
    expect(revocations).toEqual(['rt-first', 'rt-second', 'rt-1']);
  });

  test('leaves nothing of tokens and customers', async () => {
    const { signOut, session, local } = signingOut(redirected);
    await signOut();
    expect([...session.values.keys()]).toEqual([]);
    expect([...local.values.keys()]).toEqual(['backend']);
  });

  test('leaves nothing either when the issuer confirms nothing, says so, and wants a password next', async () => {
    const { signOut, session, local, statuses } = signingOut(stuck, false);
    expect(await signOut()).toEqual({
      ok: true,
      value: { revoked: false, webSessionEnded: false },
    });
    expect(session.values.has('tokens')).toBe(false);
    expect(local.values.get('passwordNeeded')).toBe(true);
    expect(statuses).toEqual([
      { signingIn: false, webSessionLeft: false },
      { signingIn: false, webSessionLeft: true },
    ]);
  });

  test('does not take another page for the end of the web session', async () => {
    const { signOut } = signingOut(() => 'https://agents.acme.example/error');
    expect(await signOut()).toMatchObject({ value: { webSessionEnded: false } });
  });
});
