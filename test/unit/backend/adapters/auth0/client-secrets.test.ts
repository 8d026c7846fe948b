import { describe, expect, it } from 'vitest';
import { createClientSecrets } from '../../../../../src/backend/adapters/auth0/client-secrets.ts';

/** A tenant that knows one secret at a time, and what it was sent. */
const tenantThatKnows = (secret: string) => {
  const state = { known: secret, sent: [] as string[] };
  return {
    state,
    send: async (tried: string) => {
      state.sent.push(tried);
      return tried === state.known ? 'answered' : 'refused';
    },
  };
};
const isRefused = (answer: string): boolean => answer === 'refused';

describe('the secrets of a client', () => {
  it('of which the tenant knows the first are one secret to it', async () => {
    const { state, send } = tenantThatKnows('old');
    const withSecret = createClientSecrets(['old', 'new']);
    expect(await withSecret(send, isRefused)).toBe('answered');
    expect(await withSecret(send, isRefused)).toBe('answered');
    expect(state.sent).toEqual(['old', 'old']);
  });

  it('follow a tenant that takes the next one from now on, at the cost of one request', async () => {
    const { state, send } = tenantThatKnows('old');
    const withSecret = createClientSecrets(['old', 'new']);
    await withSecret(send, isRefused);
    state.known = 'new';
    expect(await withSecret(send, isRefused)).toBe('answered');
    expect(await withSecret(send, isRefused)).toBe('answered');
    expect(state.sent).toEqual(['old', 'old', 'new', 'new']);
  });

  it('follow a tenant that was changed back', async () => {
    const { state, send } = tenantThatKnows('new');
    const withSecret = createClientSecrets(['old', 'new']);
    await withSecret(send, isRefused);
    state.known = 'old';
    state.sent = [];
    expect(await withSecret(send, isRefused)).toBe('answered');
    expect(state.sent).toEqual(['new', 'old']);
  });

  it('of which the tenant knows none are each tried once, and the refusal is given', async () => {
    const { state, send } = tenantThatKnows('neither');
    expect(await createClientSecrets(['old', 'new'])(send, isRefused)).toBe('refused');
    expect(state.sent).toEqual(['old', 'new']);
  });

  it('are not tried on an answer that is no refusal of the client', async () => {
    const sent: string[] = [];
    const send = async (secret: string) => {
      sent.push(secret);
      return 'access_denied';
    };
    expect(await createClientSecrets(['old', 'new'])(send, isRefused)).toBe('access_denied');
    expect(sent).toEqual(['old']);
  });
});
