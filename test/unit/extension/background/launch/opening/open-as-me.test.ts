import { describe, expect, test } from 'vitest';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { createOpenAsMe } from '../../../../../../src/extension/background/launch/opening/open-as-me.ts';
import { createAuthorizationServers } from '../../../../../../src/extension/background/sign-in/authorization-server.ts';
import { createOwnSessionTransferGrant } from '../../../../../../src/extension/background/sign-in/own-session-transfer.ts';
import { done } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { SHOP } from '../../app-examples.ts';
import { BACKEND, fakeNetwork, fakeTabs, json, settled } from '../../fakes.ts';

const ISSUER = 'https://agents.acme.example/';
const STT = {
  access_token: 'own-stt',
  issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
  token_type: 'N_A',
  expires_in: 60,
  refresh_token: 'rt-2',
};

const granting = (answer: Response) => {
  const { network, requests } = fakeNetwork(({ url }) =>
    url.endsWith('/oauth/token')
      ? answer
      : json({ issuer: ISSUER, token_endpoint: `${ISSUER}oauth/token` }),
  );
  const grant = createOwnSessionTransferGrant(createAuthorizationServers(network), network);
  return { grant: () => grant(BACKEND, 'rt-1'), requests };
};

describe('the exchange of one’s own session', () => {
  test('sends the refresh token with the session transfer audience of the issuer', async () => {
    const { grant, requests } = granting(json(STT));
    expect(await grant()).toEqual({
      ok: true,
      value: { sessionTransferToken: 'own-stt', refreshToken: 'rt-2' },
    });
    expect(Object.fromEntries(new URLSearchParams(requests.at(-1)?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'rt-1',
      client_id: 'extension-client',
      audience: 'urn:agents.acme.example:session_transfer',
    });
  });

  test('takes an answer without a token type', async () => {
    const { token_type: _tokenType, ...answer } = STT;
    expect(await granting(json(answer)).grant()).toMatchObject({ ok: true });
  });

  test.each([
    ['another issued token type', { ...STT, issued_token_type: 'urn:other' }],
    ['no issued token type', { access_token: 'at', token_type: 'Bearer' }],
    ['a blank token', { ...STT, access_token: '' }],
    ['an error', { error: 'access_denied' }],
  ])('refuses %s', async (_name, answer) => {
    expect(await granting(json(answer)).grant()).toMatchObject({
      problem: { code: 'open_as_me_refused' },
    });
  });

  test('ends the sign-in when the refresh token is no longer accepted', async () => {
    expect(await granting(json({ error: 'invalid_grant' }, 400)).grant()).toMatchObject({
      problem: { code: 'session_expired' },
    });
  });
});

const APP: TargetApp = { ...SHOP, ways: ['delegation', 'native_to_web'] };

const opening = (app: TargetApp, features: readonly string[] = []) => {
  const browser = fakeTabs();
  const did: unknown[] = [];
  const open = createOpenAsMe({
    expectToken: () => undefined,
    clearing: {
      obstacles: async () => ({ sessions: [], own: [], leftovers: [], notEnded: [] }),
      clear: async () => 'clear',
    },
    ownSessions: {
      keep: async (target) => {
        did.push(target);
      },
      keepTab: async ({ targetAppId }, tabId) => {
        did.push({ targetAppId, tabId });
      },
    },
    client: (async (name: string, call: object) => {
      did.push({ name, ...call });
      return done({ recorded: true });
    }) as unknown as BackendClient,
    hasFeature: async (feature) => features.includes(feature),
    tokens: {
      read: async () => ({
        backendOrigin: BACKEND.origin,
        sub: 'auth0|agent',
        accessToken: 'at',
        accessTokenExpiresAt: 1,
        idToken: 'id',
        idTokenReceivedAt: 1,
      }),
      transferOwnSession: async () =>
        done({ sessionTransferToken: 'own-stt', refreshToken: undefined }),
    },
    tabs: browser.tabs,
    findApp: async () => app,
  });
  return { open: () => open(APP.id), browser, did };
};

describe('opening an app as oneself', () => {
  test('opens its login with the token', async () => {
    const { open, browser } = opening(APP);
    expect(await open()).toEqual({ ok: true, value: {} });
    expect(browser.opened).toEqual([
      {
        url: 'https://shop.example.com/login?session_transfer_token=own-stt',
        store: 'default',
        behind: false,
      },
    ]);
  });

  test('is remembered with its tab, for a launch there has to end it first', async () => {
    const { open, did } = opening(APP);
    await open();
    expect(did).toEqual([
      { targetAppId: 'shop', loginDomain: 'https://login.example.com' },
      { targetAppId: 'shop', tabId: expect.any(Number) },
    ]);
  });

  test('is told to a backend that records it', async () => {
    const { open, did } = opening(APP, ['own_sessions']);
    await open();
    await settled();
    expect(did).toContainEqual({ name: 'recordOwnSession', body: { targetAppId: 'shop' } });
  });

  test('is not offered for apps without that way', async () => {
    const { open, browser } = opening({ ...APP, ways: ['delegation'] });
    expect(await open()).toMatchObject({ problem: { code: 'target_app_unknown' } });
    expect(browser.opened).toEqual([]);
  });
});
