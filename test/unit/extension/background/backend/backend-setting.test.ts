import { describe, expect, test } from 'vitest';
import { createBackendHttp } from '../../../../../src/extension/background/backend/backend-http.ts';
import { createBackendSetting } from '../../../../../src/extension/background/backend/backend-setting.ts';
import { BACKEND, fakeNetwork, json, memoryArea, settled } from '../fakes.ts';

const certain = async (): Promise<void> => undefined;

const setting = (policy?: string, stored: Record<string, unknown> = {}, confirmed = certain) => {
  const local = memoryArea(stored);
  const { network, requests } = fakeNetwork(({ url }) => {
    const audience = new URL(url).origin;
    return json({ ...BACKEND.discovery, audience });
  });
  const backend = createBackendSetting({
    local,
    policy: {
      settings: async () => ({ wrong: [], ...(policy !== undefined && { backendUrl: policy }) }),
      confirmed,
    },
    http: createBackendHttp(network),
  });
  return { backend, local, requests };
};
const never = (): Promise<never> => Promise.reject(new Error('must not be called'));

describe('the backend setting', () => {
  test('is missing at first', async () => {
    const { backend } = setting();
    expect(await backend.origin()).toEqual({ origin: undefined, managed: false });
    expect(await backend.current()).toMatchObject({ problem: { code: 'backend_missing' } });
  });

  test('remembers what it saved, with the discovery', async () => {
    const { backend, requests } = setting();
    const changes: string[] = [];
    await backend.save('understudy.acme.example', async () => changes.push('changed'));
    expect(await backend.current()).toEqual({ ok: true, value: BACKEND });
    expect(requests).toHaveLength(1);
    expect(changes).toEqual(['changed']);
  });

  test('does not sign out for the address that it has', async () => {
    const { backend } = setting(undefined, { backendOrigin: 'https://understudy.acme.example' });
    expect(await backend.save('https://understudy.acme.example/', never)).toMatchObject({
      ok: true,
    });
  });

  test('keeps the old address, and does not sign out, when the new one is none', async () => {
    const { backend, local } = setting(undefined, { backendOrigin: 'https://old.acme.example' });
    expect(await backend.save('http://new.acme.example', never)).toMatchObject({
      problem: { code: 'address_insecure' },
    });
    expect(local.values.get('backendOrigin')).toBe('https://old.acme.example');
  });

  test('is what the policy says, and cannot be changed then', async () => {
    const { backend } = setting('https://policy.acme.example', {
      backendOrigin: 'https://typed.acme.example',
    });
    expect(await backend.origin()).toEqual({
      origin: 'https://policy.acme.example',
      managed: true,
    });
    expect(await backend.save('https://typed.acme.example', never)).toMatchObject({
      problem: { code: 'address_managed' },
    });
  });

  test('is none when the policy is no address, rather than the typed one', async () => {
    const { backend } = setting('not an address at all', {
      backendOrigin: 'https://typed.acme.example',
    });
    expect(await backend.origin()).toEqual({ origin: undefined, managed: true });
  });

  test('does not use a discovery that belongs to another origin', async () => {
    const { backend, requests } = setting('https://policy.acme.example', { backend: BACKEND });
    expect(await backend.remembered()).toBeUndefined();
    expect(await backend.current()).toMatchObject({
      value: { origin: 'https://policy.acme.example' },
    });
    expect(requests).toHaveLength(1);
  });

  test.each<[string, (backend: ReturnType<typeof setting>['backend']) => Promise<unknown>]>([
    ['saves no address', ({ save }) => save('https://typed.acme.example', async () => undefined)],
    ['signs nobody in', ({ fresh }) => fresh()],
  ])('%s before the policy is certain', async (_what, act) => {
    const policy = Promise.withResolvers<void>();
    const { backend, requests } = setting(
      undefined,
      { backendOrigin: 'https://typed.acme.example' },
      () => policy.promise,
    );
    const acted = act(backend);
    await settled();
    expect(requests).toHaveLength(0);
    policy.resolve();
    await acted;
    expect(requests).toHaveLength(1);
  });

  test.each([[1], [{ origin: 2 }], ['text'], [null]])(
    'survives garbage in storage: %j',
    async (garbage) => {
      const { backend } = setting(undefined, { backendOrigin: garbage, backend: garbage });
      expect(await backend.remembered()).toBeUndefined();
    },
  );
});
