import { describe, expect, test } from 'vitest';
import { createBackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { createBackendHttp } from '../../../../../src/extension/background/backend/backend-http.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { BACKEND, fakeNetwork, json, type SeenRequest } from '../fakes.ts';

const UNAUTHENTICATED = {
  type: 'about:blank',
  status: 401,
  code: 'unauthenticated',
  title: '',
  detail: '',
  action: '',
  requestId: 'r',
};
const TOKENS = {
  backendOrigin: BACKEND.origin,
  sub: 'auth0|agent',
  accessToken: 'at-1',
  accessTokenExpiresAt: 1,
  idToken: 'id-1',
  idTokenReceivedAt: 1,
};

const calling = (answer: (request: SeenRequest) => Response, signedIn = true) => {
  const { network, requests } = fakeNetwork(answer);
  const rejected: string[] = [];
  const state = { signedIn };
  const client = createBackendClient({
    http: createBackendHttp(network),
    tokens: {
      read: async () => (state.signedIn ? TOKENS : undefined),
      forCalls: async () => (signedIn ? done(TOKENS) : refused(extensionProblem('signed_out'))),
      renew: async (token) => {
        rejected.push(token);
        return done({ ...TOKENS, accessToken: 'at-2' });
      },
    },
  });
  return { client, requests, rejected, state };
};

describe('a call as the agent', () => {
  test('is repeated once with a renewed token when the backend does not take the old one', async () => {
    const { client, requests, rejected } = calling((request) =>
      request.headers.get('authorization') === 'Bearer at-2'
        ? json({ launches: [] })
        : json(UNAUTHENTICATED, 401),
    );
    expect(await client('launches')).toEqual({ ok: true, value: { launches: [] } });
    expect(rejected).toEqual(['at-1']);
    expect(requests).toHaveLength(2);
  });

  test('is an expired sign-in when the renewed token is not taken either', async () => {
    const { client, requests } = calling(() => json(UNAUTHENTICATED, 401));
    expect(await client('launches')).toMatchObject({ problem: { code: 'session_expired' } });
    expect(requests).toHaveLength(2);
  });

  test('is not made without a token', async () => {
    const { client, requests } = calling(() => json({ launches: [] }), false);
    expect(await client('launches')).toMatchObject({ problem: { code: 'signed_out' } });
    expect(requests).toEqual([]);
  });

  test('is answered with nothing when the agent signed out meanwhile', async () => {
    const fake = calling(() => {
      fake.state.signedIn = false;
      return json({ launches: [] });
    });
    expect(await fake.client('launches')).toMatchObject({ problem: { code: 'signed_out' } });
  });
});
