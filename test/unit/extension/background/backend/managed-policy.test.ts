import { describe, expect, test } from 'vitest';
import { createManagedPolicy } from '../../../../../src/extension/background/backend/managed-policy.ts';
import { memoryArea, settled } from '../fakes.ts';

const POLICY = 'https://policy.acme.example';

const policyOf = (stored: Record<string, unknown> = {}) => {
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
    expect(await policy.backendUrl()).toBe(POLICY);
    expect(state.changes).toBe(0);
  });

  test('is known to set nothing when it set nothing last time', async () => {
    const { policy } = policyOf({ managedPolicy: {} });
    expect(await policy.backendUrl()).toBeUndefined();
  });

  test.each([[{}], [{ managedPolicy: 'garbage' }]])(
    'waits for the browser when nothing usable is remembered: %j',
    async (stored) => {
      const { policy, browserAnswers } = policyOf(stored);
      const backendUrl = policy.backendUrl();
      await browserAnswers(POLICY);
      expect(await backendUrl).toBe(POLICY);
    },
  );

  test('is corrected, remembered and told of once the browser answers', async () => {
    const { policy, local, state, browserAnswers } = policyOf({
      managedPolicy: { backendUrl: 'https://old.acme.example' },
    });
    await browserAnswers(POLICY);
    expect(await policy.backendUrl()).toBe(POLICY);
    expect(local.values.get('managedPolicy')).toEqual({ backendUrl: POLICY });
    expect(state.changes).toBe(1);
  });

  test('that was lifted meanwhile no longer sets an address', async () => {
    const { policy, state, browserAnswers } = policyOf({ managedPolicy: { backendUrl: POLICY } });
    await browserAnswers(undefined);
    expect(await policy.backendUrl()).toBeUndefined();
    expect(state.changes).toBe(1);
  });

  test('is not told of when it is what it was', async () => {
    const { state, browserAnswers } = policyOf({ managedPolicy: { backendUrl: POLICY } });
    await browserAnswers(POLICY);
    expect(state.changes).toBe(0);
  });

  test('that changes while the browser runs is read again', async () => {
    const { policy, state, browserAnswers, browserTellsOfChange } = policyOf();
    await browserAnswers(undefined);
    await browserTellsOfChange(POLICY);
    expect(await policy.backendUrl()).toBe(POLICY);
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
});
