import { describe, expect, test } from 'vitest';
import { createAuthorizationCode } from '../../../../../src/extension/background/sign-in/authorization-code.ts';
import { createAuthorizationServers } from '../../../../../src/extension/background/sign-in/authorization-server.ts';
import { BACKEND, fakeIdentity, fakeNetwork, json, type SeenRequest } from '../fakes.ts';

const ISSUER = 'https://agents.acme.example/';
const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}authorize`,
  token_endpoint: `${ISSUER}oauth/token`,
  id_token_signing_alg_values_supported: ['RS256'],
};

const base64url = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const idToken = (claims: object): string => {
  const seconds = Math.floor(Date.now() / 1000);
  const standard = { iss: ISSUER, aud: 'extension-client', sub: 'auth0|agent', iat: seconds };
  const payload = base64url({ ...standard, exp: seconds + 36_000, ...claims });
  return `${base64url({ alg: 'RS256' })}.${payload}.c2lnbmF0dXJl`;
};

type Tricks = {
  readonly window?: (url: URL) => string;
  readonly token?: (nonce: string) => Response;
  readonly online?: boolean;
  readonly metadata?: Response;
};

const signingIn = ({ window, token, online = true, metadata }: Tricks = {}) => {
  let nonce = '';
  const { identity, flows } = fakeIdentity((url) => {
    nonce = url.searchParams.get('nonce') ?? '';
    const state = url.searchParams.get('state') ?? '';
    return window
      ? window(url)
      : `https://abcdef.chromiumapp.org/sign-in?code=code-1&state=${state}`;
  });
  const answer = (request: SeenRequest): Response => {
    if (request.url.endsWith('/oauth/token')) {
      return token
        ? token(nonce)
        : json({
            access_token: 'at-1',
            token_type: 'Bearer',
            expires_in: 3600,
            id_token: idToken({ nonce }),
            refresh_token: 'rt-1',
          });
    }
    return metadata ?? json(METADATA);
  };
  const { network, requests } = fakeNetwork(answer, online);
  const servers = createAuthorizationServers(network);
  const signIn = createAuthorizationCode({ servers, identity, network });
  return { signIn, flows, requests };
};

describe('signing in', () => {
  test('asks for a code with PKCE, state, nonce and the audience of the backend', async () => {
    const { signIn, flows } = signingIn();
    await signIn(BACKEND, {});
    const { url, interactive } = flows[0] ?? { url: new URL('about:blank'), interactive: false };
    expect(interactive).toBe(true);
    expect(url.origin + url.pathname).toBe('https://agents.acme.example/authorize');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'extension-client',
      redirect_uri: 'https://abcdef.chromiumapp.org/sign-in',
      scope: 'openid profile email offline_access',
      audience: 'https://understudy.acme.example',
      code_challenge_method: 'S256',
      max_age: '2592000',
    });
    expect(url.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('nonce')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.has('prompt')).toBe(false);
  });

  test('redeems the code with the verifier and without a secret', async () => {
    const { signIn, requests } = signingIn();
    expect(await signIn(BACKEND, {})).toMatchObject({
      ok: true,
      value: { accessToken: 'at-1', refreshToken: 'rt-1', sub: 'auth0|agent' },
    });
    const body = new URLSearchParams(requests.at(-1)?.body);
    expect(Object.fromEntries(body)).toMatchObject({
      grant_type: 'authorization_code',
      code: 'code-1',
      client_id: 'extension-client',
      redirect_uri: 'https://abcdef.chromiumapp.org/sign-in',
    });
    expect(body.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(body.has('client_secret')).toBe(false);
  });

  test('makes new secrets every time', async () => {
    const { signIn, flows } = signingIn();
    await signIn(BACKEND, {});
    await signIn(BACKEND, {});
    const [first, second] = flows.map(({ url }) => url.searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
  });

  test('asks for the password where a web session may be left', async () => {
    const { signIn, flows } = signingIn();
    await signIn(BACKEND, { prompt: 'login' });
    expect(flows[0]?.url.searchParams.get('prompt')).toBe('login');
  });
});

describe('signing in again for a launch', () => {
  test('asks for the age and the class that are wanted, of the agent who is known', async () => {
    const { signIn, flows } = signingIn();
    const stepUp = { maxAgeSeconds: 240, acrValues: 'urn:strong' };
    await signIn(BACKEND, { stepUp, loginHint: 'sam@acme.example' });
    expect(Object.fromEntries(flows[0]?.url.searchParams ?? [])).toMatchObject({
      max_age: '240',
      acr_values: 'urn:strong',
      login_hint: 'sam@acme.example',
    });
  });

  test('asks for no class where none is wanted', async () => {
    const { signIn, flows } = signingIn();
    await signIn(BACKEND, { stepUp: { maxAgeSeconds: 0 } });
    expect(flows[0]?.url.searchParams.get('max_age')).toBe('0');
    expect(flows[0]?.url.searchParams.has('acr_values')).toBe(false);
    expect(flows[0]?.url.searchParams.has('login_hint')).toBe(false);
  });
});

describe('a sign-in is refused', () => {
  const refusedWith = async (tricks: Tricks): Promise<unknown> => {
    const { signIn } = signingIn(tricks);
    const outcome = await signIn(BACKEND, {});
    return outcome.ok ? outcome : outcome.problem;
  };

  test('calmly when the window was closed', async () => {
    const window = (): string => {
      throw new Error('The user did not approve access.');
    };
    expect(await refusedWith({ window })).toEqual({ source: 'extension', code: 'sign_in_closed' });
  });

  test.each([
    [
      'another state',
      (url: URL) => `https://abcdef.chromiumapp.org/sign-in?code=c&state=${url.hostname}`,
    ],
    ['no state', () => 'https://abcdef.chromiumapp.org/sign-in?code=c'],
    [
      'no code',
      (url: URL) =>
        `https://abcdef.chromiumapp.org/sign-in?state=${url.searchParams.get('state') ?? ''}`,
    ],
  ])('when the answer has %s', async (_name, window) => {
    expect(await refusedWith({ window })).toEqual({ source: 'extension', code: 'sign_in_failed' });
  });

  test('with the code of the issuer when that refuses', async () => {
    const window = (url: URL) =>
      `https://abcdef.chromiumapp.org/sign-in?error=access_denied&error_description=secret&state=${url.searchParams.get('state') ?? ''}`;
    expect(await refusedWith({ window })).toEqual({
      source: 'extension',
      code: 'sign_in_failed',
      oauthError: 'access_denied',
    });
  });

  test.each([
    ['another nonce', { nonce: 'other' }],
    ['another audience', { aud: 'other-client' }],
    ['another issuer', { iss: 'https://evil.example/' }],
    ['an end in the past', { exp: 1 }],
  ])('when the ID token has %s', async (_name, claims) => {
    const token = (nonce: string): Response =>
      json({ access_token: 'at', token_type: 'Bearer', id_token: idToken({ nonce, ...claims }) });
    expect(await refusedWith({ token })).toEqual({ source: 'extension', code: 'sign_in_failed' });
  });

  test('when there is no ID token', async () => {
    const token = (): Response => json({ access_token: 'at', token_type: 'Bearer' });
    expect(await refusedWith({ token })).toEqual({ source: 'extension', code: 'sign_in_failed' });
  });

  test('as failed, not as expired, when the code is refused', async () => {
    const token = (): Response => json({ error: 'invalid_grant' }, 400);
    expect(await refusedWith({ token })).toEqual({ source: 'extension', code: 'sign_in_failed' });
  });

  test('when the issuer answers with the metadata of another', async () => {
    const metadata = json({ ...METADATA, issuer: 'https://evil.example/' });
    expect(await refusedWith({ metadata })).toMatchObject({ code: 'issuer_unreachable' });
  });
});
