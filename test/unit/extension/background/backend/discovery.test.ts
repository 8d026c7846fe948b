import { describe, expect, test } from 'vitest';
import { createBackendHttp } from '../../../../../src/extension/background/backend/backend-http.ts';
import { fetchDiscovery } from '../../../../../src/extension/background/backend/discovery.ts';
import { BACKEND, fakeNetwork, json } from '../fakes.ts';

const discovered = (body: unknown, status = 200, origin = BACKEND.origin) => {
  const { network } = fakeNetwork(() => json(body, status));
  return fetchDiscovery(createBackendHttp(network), origin);
};

describe('fetchDiscovery', () => {
  test('gives how agents sign in', async () => {
    expect(await discovered(BACKEND.discovery)).toEqual({ ok: true, value: BACKEND.discovery });
  });

  test.each([
    'https://other.acme.example',
    'https://understudy.acme.example/',
    'https://understudy.acme.example:8443',
    'http://understudy.acme.example',
  ])('refuses the audience %s, which is not exactly its own origin', async (audience) => {
    expect(await discovered({ ...BACKEND.discovery, audience })).toMatchObject({
      problem: { code: 'foreign_audience' },
    });
  });

  test('refuses an issuer without encryption', async () => {
    const issuer = 'http://agents.acme.example/';
    expect(await discovered({ ...BACKEND.discovery, issuer })).toMatchObject({
      problem: { code: 'issuer_insecure' },
    });
  });

  test('refuses a local issuer of a backend that is not local', async () => {
    const issuer = 'http://agents.localhost:3000/';
    expect(await discovered({ ...BACKEND.discovery, issuer })).toMatchObject({
      problem: { code: 'issuer_insecure' },
    });
  });

  test('takes a local issuer of a local backend', async () => {
    const local = {
      ...BACKEND.discovery,
      audience: 'http://backend.localhost:3000',
      issuer: 'http://agents.localhost:3000/',
    };
    expect(await discovered(local, 200, 'http://backend.localhost:3000')).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['something else', { hello: 'world' }, 200],
    ['nothing there', { error: 'not found' }, 404],
  ])('says that %s is not Understudy', async (_name, body, status) => {
    expect(await discovered(body, status)).toMatchObject({ problem: { code: 'not_understudy' } });
  });
});
