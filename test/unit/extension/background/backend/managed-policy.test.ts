import { describe, expect, test } from 'vitest';
import { createManagedPolicy } from '../../../../../src/extension/background/backend/managed-policy.ts';
import { memoryArea, settled } from '../fakes.ts';

const POLICY = 'https://policy.acme.example';

const policyOf = (stored: Record<string, unknown> = {}, hasContainers = true) => {
  const local = memoryArea(stored);
  const answer = Promise.withResolvers<unknown>();
  const state = { value: answer.promise as unknown, changes: 0 };
  let tell = (): void => undefined;
  const policy = createManagedPolicy({
    local,
    managed: {
      read: async () => state.value,
      onChanged: (listener) => {
        tell = listener;
      },
    },
    hasContainers,
    onChange: async () => {
      state.changes += 1;
    },
  });
  return {
    policy,
    local,
    state,
    browserAnswers: async (value: unknown) => {
      answer.resolve(value);
      await settled();
    },
    browserTellsOfChange: async (value: unknown) => {
      state.value = value;
      tell();
      await settled();
    },
  };
};

describe('the managed policy', () => {
  test('is what it was last time while the browser does not answer', async () => {
    const { policy, state } = policyOf({ managedPolicy: { backendUrl: POLICY } });
    expect((await policy.settings()).backendUrl).toBe(POLICY);
    expect(state.changes).toBe(0);
  });

  test('is known to set nothing when it set nothing last time', async () => {
    const { policy } = policyOf({ managedPolicy: {} });
    expect((await policy.settings()).backendUrl).toBeUndefined();
  });

  test.each([[{}], [{ managedPolicy: 'garbage' }], [{ managedPolicy: { language: 'fr' } }]])(
    'waits for the browser when nothing usable is remembered: %j',
    async (stored) => {
      const { policy, browserAnswers } = policyOf(stored);
      const settings = policy.settings();
      await browserAnswers({ backendUrl: POLICY });
      expect((await settings).backendUrl).toBe(POLICY);
    },
  );

  test('is corrected, remembered and told of once the browser answers', async () => {
    const { policy, local, state, browserAnswers } = policyOf({
      managedPolicy: { backendUrl: 'https://old.acme.example' },
    });
    await browserAnswers({ backendUrl: POLICY });
    expect((await policy.settings()).backendUrl).toBe(POLICY);
    expect(local.values.get('managedPolicy')).toEqual({ backendUrl: POLICY, wrong: [] });
    expect(state.changes).toBe(1);
  });

  test('that was lifted meanwhile no longer sets an address', async () => {
    const { policy, state, browserAnswers } = policyOf({ managedPolicy: { backendUrl: POLICY } });
    await browserAnswers(undefined);
    expect((await policy.settings()).backendUrl).toBeUndefined();
    expect(state.changes).toBe(1);
  });

  test('is not told of when it is what it was', async () => {
    const { state, browserAnswers } = policyOf({ managedPolicy: { backendUrl: POLICY } });
    await browserAnswers({ backendUrl: POLICY });
    expect(state.changes).toBe(0);
  });

  test('that changes while the browser runs is read again', async () => {
    const { policy, state, browserAnswers, browserTellsOfChange } = policyOf();
    await browserAnswers(undefined);
    await browserTellsOfChange({ backendUrl: POLICY });
    expect((await policy.settings()).backendUrl).toBe(POLICY);
    expect(state.changes).toBe(2);
  });

  test('is certain only once the browser has answered', async () => {
    const { policy, browserAnswers } = policyOf({ managedPolicy: {} });
    let isCertain = false;
    void policy.confirmed().then(() => {
      isCertain = true;
    });
    await settled();
    expect(isCertain).toBe(false);
    await browserAnswers(undefined);
    expect(isCertain).toBe(true);
  });

  test('keeps every setting, the way it keeps the address', async () => {
    const { policy, local, state, browserAnswers } = policyOf({ managedPolicy: {} });
    const set = { openIn: 'private_window', endWithLastTab: true, language: 'de' };
    await browserAnswers({ ...set, offersDeclined: true });
    expect(await policy.settings()).toEqual({ ...set, offersDeclined: true, wrong: [] });
    expect(local.values.get('managedPolicy')).toEqual({ ...set, offersDeclined: true, wrong: [] });
    expect(state.changes).toBe(1);
  });

  test.each([['ftp://files.acme.example'], ['http://understudy.acme.example'], ['']])(
    'with the unusable address %j names it, and leaves agents no other one to enter',
    async (backendUrl) => {
      const { policy, browserAnswers } = policyOf({ managedPolicy: {} });
      await browserAnswers({ backendUrl, language: 'de' });
      expect(await policy.settings()).toEqual({
        backendUrl,
        language: 'de',
        wrong: [{ name: 'backendUrl', value: JSON.stringify(backendUrl) }],
      });
    },
  );

  test.each([
    { hasContainers: true, opensIn: 'container' },
    { hasContainers: false, opensIn: 'private_window' },
  ])(
    'opens in $opensIn what should be in a container, in a browser with containers: $hasContainers',
    async ({ hasContainers, opensIn }) => {
      const { policy, browserAnswers } = policyOf({}, hasContainers);
      await browserAnswers({ openIn: 'container' });
      expect(await policy.settings()).toEqual({ openIn: opensIn, wrong: [] });
    },
  );

  test('with an address that is no text names it once, and leaves agents no other one to enter', async () => {
    const { policy, browserAnswers } = policyOf({ managedPolicy: {} });
    await browserAnswers({ backendUrl: 7 });
    expect(await policy.settings()).toEqual({
      backendUrl: '',
      wrong: [{ name: 'backendUrl', value: '7' }],
    });
  });
});
