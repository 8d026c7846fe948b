import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changes, NOW, publicJwk, runExchange } from './exchange-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const KEY_SET = JSON.stringify({ keys: [publicJwk] });
const UNKNOWN_KEY = { header: { kid: 'k2' } };

type KeyServer = { readonly status: number; readonly body: string; count: number };
const keyServers = new Map<string, KeyServer>();
beforeEach(() => {
  keyServers.clear();
  vi.stubGlobal('fetch', async (url: string) => {
    const server = keyServers.get(url);
    if (!server) {
      throw new TypeError('fetch failed');
    }
    server.count += 1;
    return new Response(server.body, { status: server.status });
  });
});

/** A backend that gives its keys to whoever asks, and counts them. */
const keyServer = (status = 200, body = KEY_SET) => {
  const address = `https://backend-${keyServers.size}.example.com/.well-known/jwks.json`;
  const server = { status, body, count: 0 };
  keyServers.set(address, server);
  return { address, asked: () => server.count };
};

/** Launches one after the other on one of Auth0's servers, whose Actions share a cache. */
const auth0Server = (address: string) => {
  const cache = new Map<string, string>();
  let launches = 0;
  return {
    cache,
    exchange: async (changes: Changes = {}): Promise<readonly unknown[]> => {
      launches += 1;
      const subject = { jti: `launch-${launches}`, ...changes.subject };
      const secrets = { SUBJECT_TOKEN_JWKS: undefined, SUBJECT_TOKEN_JWKS_URI: address };
      const [first = []] = await runExchange({ ...changes, subject, secrets }, cache);
      return first;
    },
  };
};

const ALLOWED = ['setUserById', 'auth0|customer'];

describe('keys at an address', () => {
  it('are fetched once for many launches', async () => {
    const backend = keyServer();
    const { exchange } = auth0Server(backend.address);
    expect(await exchange()).toEqual(ALLOWED);
    expect(await exchange()).toEqual(ALLOWED);
    expect(backend.asked()).toBe(1);
  });

  it('are fetched again after ten minutes', async () => {
    const backend = keyServer();
    const { exchange } = auth0Server(backend.address);
    await exchange();
    vi.setSystemTime(NOW.getTime() + 10 * 60_000);
    const aged = { iat: NOW.getTime() / 1000 + 600, exp: NOW.getTime() / 1000 + 660 };
    expect(await exchange({ subject: aged, actor: { iat: aged.iat } })).toEqual(ALLOWED);
    expect(backend.asked()).toBe(2);
  });

  it('are fetched again for a token by another key, and not for each of many', async () => {
    const backend = keyServer();
    const { exchange } = auth0Server(backend.address);
    await exchange();
    expect(await exchange(UNKNOWN_KEY)).toContain('invalid_subject_token');
    expect(backend.asked()).toBe(1);
    vi.setSystemTime(NOW.getTime() + 30_000);
    expect(await exchange(UNKNOWN_KEY)).toContain('invalid_subject_token');
    expect(await exchange(UNKNOWN_KEY)).toContain('invalid_subject_token');
    expect(backend.asked()).toBe(2);
  });

  it('of another address that was used before count no more', async () => {
    const [before, after] = [keyServer(), keyServer(200, '{"keys":[]}')];
    const first = auth0Server(before.address);
    await first.exchange();
    const second = auth0Server(after.address);
    for (const [key, value] of first.cache) {
      second.cache.set(key, value);
    }
    expect(await second.exchange()).toContain('invalid_subject_token');
    expect(after.asked()).toBe(1);
  });

  it('do not let a stranger’s signature through', async () => {
    const backend = keyServer();
    const { exchange } = auth0Server(backend.address);
    expect(await exchange({ signedBy: 'stranger' })).toContain(
      'The signature of the subject token is wrong.',
    );
  });

  it('are not taken from a cache that holds something else', async () => {
    const backend = keyServer();
    const { exchange, cache } = auth0Server(backend.address);
    cache.set('subject-token-keys', '{"keys":"nonsense"}');
    expect(await exchange()).toEqual(ALLOWED);
    expect(backend.asked()).toBe(1);
  });

  it.each([
    ['answers with an error', 503, '{}'],
    ['answers with a page', 200, '<html>'],
    ['answers with no key set', 200, '{"keys":"none"}'],
  ])('are missing where the backend %s: the refusal says so', async (_what, status, body) => {
    const backend = keyServer(status, body);
    expect(await auth0Server(backend.address).exchange()).toEqual([
      'deny',
      'action_failed',
      'The keys of subject tokens cannot be fetched.',
    ]);
  });

  it.each(['http://backend.example.com/jwks.json', 'ftp://backend.example.com', 'nonsense'])(
    'are not fetched from %s',
    async (address) => {
      expect(await auth0Server(address).exchange()).toEqual([
        'deny',
        'action_failed',
        'The secret SUBJECT_TOKEN_JWKS_URI must be an address on https.',
      ]);
    },
  );

  it('are not asked for where keys are pinned too', async () => {
    const backend = keyServer();
    const calls = await runExchange({ secrets: { SUBJECT_TOKEN_JWKS_URI: backend.address } });
    expect(calls[0]).toEqual(ALLOWED);
    expect(backend.asked()).toBe(0);
  });
});
