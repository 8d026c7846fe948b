import { describe, expect, test } from 'vitest';
import { createAgentTokens } from '../../../../../src/extension/background/sign-in/agent-tokens.ts';
import type { GrantedTokens } from '../../../../../src/extension/background/sign-in/granted-tokens.ts';
import type { Outcome } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { BACKEND, memoryArea, settled } from '../fakes.ts';

const MINUTE = 60_000;

const granted = (changed: Partial<GrantedTokens> = {}): GrantedTokens => ({
  accessToken: 'at-1',
  expiresInSeconds: 3600,
  idToken: 'id-1',
  refreshToken: 'rt-1',
  sub: 'auth0|agent',
  ...changed,
});

const signedIn = async (first: Partial<GrantedTokens> = {}) => {
  const clock = { now: 0 };
  const spent: string[] = [];
  const session = memoryArea();
  const state = { backend: BACKEND, expired: 0, policy: Promise.resolve() };
  let answer: () => Promise<Outcome<GrantedTokens>> = async () => ({
    ok: true,
    value: granted({ accessToken: 'at-2', idToken: 'id-2', refreshToken: 'rt-2' }),
  });
  const tokens = createAgentTokens({
    session,
    backend: async () => ({ ok: true, value: state.backend }),
    remembered: async () => state.backend,
    policyConfirmed: () => state.policy,
    refresh: async (_backend, refreshToken) => {
      spent.push(refreshToken);
      return answer();
    },
    ownSessionTransfer: async (_backend, refreshToken) => {
      spent.push(refreshToken);
      return { ok: true, value: { sessionTransferToken: 'stt', refreshToken: 'rt-own' } };
    },
    now: () => clock.now,
    onExpired: async () => {
      state.expired += 1;
    },
  });
  await tokens.accept(granted(first), BACKEND);
  return {
    tokens,
    clock,
    spent,
    session,
    state,
    refreshAnswers: (next: typeof answer) => {
      answer = next;
    },
  };
};

describe('tokens that are fresh enough', () => {
  test('are used as they are', async () => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = 4 * MINUTE;
    expect(await tokens.ahead()).toMatchObject({ value: { accessToken: 'at-1' } });
    expect(await tokens.forLaunch()).toMatchObject({ value: { idToken: 'id-1' } });
    expect(spent).toEqual([]);
  });

  test('are given to a launch only once the company’s policy is certain, which may name another backend', async () => {
    const { tokens, state } = await signedIn();
    const policy = Promise.withResolvers<void>();
    state.policy = policy.promise;
    const forLaunch = tokens.forLaunch();
    await settled();
    state.backend = { ...BACKEND, origin: 'https://policy.acme.example' };
    policy.resolve();
    expect(await forLaunch).toMatchObject({ problem: { code: 'signed_out' } });
  });

  test('an old ID token does not matter for ordinary calls', async () => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = 30 * MINUTE;
    expect(await tokens.forCalls()).toMatchObject({ value: { accessToken: 'at-1' } });
    expect(spent).toEqual([]);
  });
});

describe('tokens are renewed', () => {
  test.each([
    ['ahead', 5],
    ['forLaunch', 10],
  ] as const)('%s when the ID token is %i minutes old', async (need, minutes) => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = minutes * MINUTE;
    expect(await tokens[need]()).toMatchObject({ value: { idToken: 'id-2' } });
    expect(spent).toEqual(['rt-1']);
  });

  test('for a call when the access token has a minute left', async () => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = 59 * MINUTE;
    expect(await tokens.forCalls()).toMatchObject({ value: { accessToken: 'at-2' } });
    expect(spent).toEqual(['rt-1']);
  });

  test('once, however many ask at the same time', async () => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = 60 * MINUTE;
    await Promise.all([
      tokens.forCalls(),
      tokens.forLaunch(),
      tokens.ahead(),
      tokens.renew('at-1'),
    ]);
    expect(spent).toEqual(['rt-1']);
  });

  test('with the refresh token that came last', async () => {
    const { tokens, clock, spent } = await signedIn();
    clock.now = 60 * MINUTE;
    await tokens.forCalls();
    clock.now = 120 * MINUTE;
    await tokens.forCalls();
    expect(spent).toEqual(['rt-1', 'rt-2']);
  });

  test('with the refresh token that opening an app as oneself left behind', async () => {
    const { tokens, clock, spent } = await signedIn();
    await tokens.transferOwnSession();
    clock.now = 60 * MINUTE;
    await tokens.forCalls();
    expect(spent).toEqual(['rt-1', 'rt-own']);
  });

  test('with the same refresh token where the issuer does not rotate', async () => {
    const { tokens, clock, spent, refreshAnswers } = await signedIn();
    refreshAnswers(async () => ({ ok: true, value: granted({ refreshToken: undefined }) }));
    clock.now = 60 * MINUTE;
    await tokens.forCalls();
    clock.now = 120 * MINUTE;
    await tokens.forCalls();
    expect(spent).toEqual(['rt-1', 'rt-1']);
  });
});

describe('a renewal that fails', () => {
  test('because the refresh token is no longer accepted ends the sign-in, once', async () => {
    const { tokens, clock, state, session, refreshAnswers } = await signedIn();
    refreshAnswers(async () => ({ ok: false, problem: extensionProblem('session_expired') }));
    clock.now = 60 * MINUTE;
    const outcomes = await Promise.all([tokens.forCalls(), tokens.forLaunch()]);
    expect(outcomes).toMatchObject([
      { problem: { code: 'session_expired' } },
      { problem: { code: 'signed_out' } },
    ]);
    expect(state.expired).toBe(1);
    expect(session.values.has('tokens')).toBe(false);
  });

  test('because the issuer does not answer keeps the agent signed in', async () => {
    const { tokens, clock, state, refreshAnswers } = await signedIn();
    refreshAnswers(async () => ({ ok: false, problem: extensionProblem('issuer_unreachable') }));
    clock.now = 60 * MINUTE;
    expect(await tokens.forCalls()).toMatchObject({ problem: { code: 'issuer_unreachable' } });
    expect(await tokens.read()).toMatchObject({ refreshToken: 'rt-1' });
    expect(state.expired).toBe(0);
  });

  test('to bring an ID token leaves no proof for a launch', async () => {
    const { tokens, clock, refreshAnswers } = await signedIn();
    refreshAnswers(async () => ({ ok: true, value: granted({ idToken: undefined }) }));
    clock.now = 20 * MINUTE;
    expect(await tokens.forLaunch()).toMatchObject({ problem: { code: 'actor_unavailable' } });
  });

  test('for want of a refresh token ends the sign-in', async () => {
    const { tokens, clock, state } = await signedIn({ refreshToken: undefined });
    clock.now = 60 * MINUTE;
    expect(await tokens.forCalls()).toMatchObject({ problem: { code: 'session_expired' } });
    expect(state.expired).toBe(1);
  });
});

describe('tokens of a further sign-in', () => {
  const AGAIN = granted({ accessToken: 'at-3', idToken: 'id-3', refreshToken: 'rt-3' });

  test('take the place of those that there were, and the refresh token is kept for the sign-out', async () => {
    const { tokens, clock, spent } = await signedIn();
    expect(await tokens.acceptAgain(AGAIN, BACKEND)).toMatchObject({ value: { idToken: 'id-3' } });
    clock.now = 60 * MINUTE;
    await tokens.forCalls();
    expect(spent).toEqual(['rt-3']);
    expect(await tokens.take()).toMatchObject({
      refreshToken: 'rt-2',
      earlierRefreshTokens: ['rt-1'],
    });
  });

  test('are not renewed ahead of a launch, for a renewed ID token may prove less', async () => {
    const { tokens, clock, spent } = await signedIn();
    await tokens.acceptAgain(AGAIN, BACKEND);
    clock.now = 9 * MINUTE;
    expect(await tokens.ahead()).toMatchObject({ value: { idToken: 'id-3' } });
    expect(spent).toEqual([]);
    clock.now = 10 * MINUTE;
    expect(await tokens.forLaunch()).toMatchObject({ value: { idToken: 'id-2' } });
    clock.now = 15 * MINUTE;
    await tokens.ahead();
    expect(spent).toEqual(['rt-3', 'rt-2']);
  });

  test('are waited for by a renewal under way, which does not overwrite them', async () => {
    const { tokens, clock, refreshAnswers } = await signedIn();
    const issuer = Promise.withResolvers<Outcome<GrantedTokens>>();
    refreshAnswers(() => issuer.promise);
    clock.now = 60 * MINUTE;
    const renewing = tokens.forCalls();
    await settled();
    const accepting = tokens.acceptAgain(AGAIN, BACKEND);
    issuer.resolve({ ok: true, value: granted({ refreshToken: 'rt-2', idToken: 'id-2' }) });
    await Promise.all([renewing, accepting]);
    expect(await tokens.read()).toMatchObject({
      idToken: 'id-3',
      earlierRefreshTokens: ['rt-2'],
    });
  });

  test.each([
    ['of another agent', { sub: 'auth0|other' }, 'step_up_other_account'],
    ['of nobody', { sub: undefined }, 'step_up_other_account'],
  ])('%s are refused, and those that there were stay', async (_who, changed, code) => {
    const { tokens } = await signedIn();
    const answer = await tokens.acceptAgain({ ...AGAIN, ...changed }, BACKEND);
    expect(answer).toMatchObject({ problem: { code } });
    expect(await tokens.read()).toMatchObject({ idToken: 'id-1', refreshToken: 'rt-1' });
  });

  test('are refused after a sign-out', async () => {
    const { tokens, session } = await signedIn();
    await tokens.take();
    expect(await tokens.acceptAgain(AGAIN, BACKEND)).toMatchObject({
      problem: { code: 'signed_out' },
    });
    expect(session.values.has('tokens')).toBe(false);
  });
});

describe('signing out', () => {
  test('waits for a renewal under way, so that no token comes back after it', async () => {
    const { tokens, clock, session, refreshAnswers } = await signedIn();
    const issuer = Promise.withResolvers<Outcome<GrantedTokens>>();
    refreshAnswers(() => issuer.promise);
    clock.now = 60 * MINUTE;
    const renewing = tokens.forCalls();
    await settled();
    const taking = tokens.take();
    issuer.resolve({ ok: true, value: granted({ refreshToken: 'rt-2' }) });
    await renewing;
    expect(await taking).toMatchObject({ refreshToken: 'rt-2' });
    expect(session.values.has('tokens')).toBe(false);
  });
});

describe('stored tokens', () => {
  test('of another backend count as none', async () => {
    const { tokens, state } = await signedIn();
    state.backend = { ...BACKEND, origin: 'https://other.acme.example' };
    expect(await tokens.read()).toBeUndefined();
    expect(await tokens.forCalls()).toMatchObject({ problem: { code: 'signed_out' } });
  });

  test.each([[null], ['text'], [{ accessToken: 1 }], [[]]])(
    'that are %j count as none',
    async (garbage) => {
      const { tokens, session } = await signedIn();
      await session.set('tokens', garbage);
      expect(await tokens.read()).toBeUndefined();
    },
  );

  test('are the only thing that is stored', async () => {
    const { session } = await signedIn();
    expect([...session.values.keys()]).toEqual(['tokens']);
  });
});
