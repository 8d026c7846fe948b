import { describe, expect, test } from 'vitest';
import type { Customer } from '../../../../../src/contract/customer.ts';
import { customerIdSchema, targetAppIdSchema } from '../../../../../src/contract/ids.ts';
import type { RecordMatches } from '../../../../../src/contract/record.ts';
import type { PrefillSource } from '../../../../../src/extension/background/entry-points/prefill-source.ts';
import { createPrefills } from '../../../../../src/extension/background/entry-points/prefills.ts';
import { done, type Outcome, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { memoryArea } from '../fakes.ts';

const customer = (name: string): Customer => ({
  id: customerIdSchema.parse(`auth0|${name}`),
  name,
  email: `${name}@mail.example`,
  emailVerified: true,
  connection: 'db',
});
const RECORD: PrefillSource = { kind: 'record', urls: ['https://crm.example.com/c/1'] };
const IDS = [1, 2, 3].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
const matching = (...names: readonly string[]): Outcome<RecordMatches> =>
  done({ customers: names.map(customer), tried: { key: 'email' } });

type Setting = {
  readonly answer?: () => Outcome<RecordMatches> | Promise<Outcome<RecordMatches>>;
  readonly session?: ReturnType<typeof memoryArea>;
  readonly last?: ReturnType<typeof customer>;
};

const prefillsWith = ({ answer, session = memoryArea(), last }: Setting = {}) => {
  const state = { now: 0, signedIn: true, lookUps: 0, changes: 0 };
  const ids = [...IDS];
  const prefills = createPrefills({
    session,
    lookUp: async () => {
      state.lookUps += 1;
      return answer ? answer() : matching('nora');
    },
    directory: {
      known: async () => new Map([['auth0|nora', customer('nora')]]),
      remember: async () => undefined,
    },
    lastLaunch: {
      read: async () =>
        last ? { query: '', reason: 'Why', ticket: '', customerId: last.id } : undefined,
    },
    isSignedIn: async () => state.signedIn,
    now: () => state.now,
    makeId: () => ids.shift() ?? '',
    onChange: () => {
      state.changes += 1;
    },
  });
  return { prefills, session, state };
};

describe('a record that the agent pointed at', () => {
  test('is being resolved until the backend answered', async () => {
    const answer = Promise.withResolvers<Outcome<RecordMatches>>();
    const { prefills } = prefillsWith({ answer: () => answer.promise });
    const offering = prefills.offer(RECORD);
    expect(await prefills.shown()).toEqual({ id: IDS[0], state: 'resolving' });
    answer.resolve(matching('nora'));
    await offering;
    expect(await prefills.shown()).toMatchObject({ state: 'customer' });
  });

  test('is the one customer that it stands for, as the backend has them, and nothing filled in', async () => {
    const { prefills } = prefillsWith();
    await prefills.offer(RECORD);
    expect(await prefills.shown()).toEqual({
      id: IDS[0],
      state: 'customer',
      draft: { query: '', reason: '', ticket: '', customerId: 'auth0|nora' },
      customer: customer('nora'),
    });
  });

  test('is never one of several', async () => {
    const { prefills } = prefillsWith({ answer: () => matching('jordan.1', 'jordan.2') });
    await prefills.offer(RECORD);
    expect(await prefills.shown()).toMatchObject({
      state: 'matches',
      matches: { customers: [{ name: 'jordan.1' }, { name: 'jordan.2' }] },
    });
  });

  test('is nobody, with what was tried', async () => {
    const { prefills } = prefillsWith({ answer: () => matching() });
    await prefills.offer(RECORD);
    expect(await prefills.shown()).toMatchObject({
      state: 'matches',
      matches: { customers: [], tried: { key: 'email' } },
    });
  });

  test('failed with its reason, and is looked up again when asked', async () => {
    const answers = [refused(extensionProblem('timeout')), matching('nora')];
    const { prefills } = prefillsWith({ answer: () => answers.shift() ?? matching() });
    await prefills.offer(RECORD);
    expect(await prefills.shown()).toMatchObject({ state: 'failed', problem: { code: 'timeout' } });
    await prefills.retry(IDS[0] ?? '');
    expect(await prefills.shown()).toMatchObject({ state: 'customer' });
  });
});

describe('a prefill', () => {
  test('is taken once', async () => {
    const { prefills } = prefillsWith();
    await prefills.offer(RECORD);
    const id = IDS[0] ?? '';
    expect(await Promise.all([prefills.take(id), prefills.take(id)])).toEqual([true, false]);
    expect(await prefills.shown()).toBeUndefined();
  });

  test('outlives the worker that was told of it', async () => {
    const session = memoryArea();
    const first = prefillsWith({ session, answer: () => new Promise(() => undefined) });
    void first.prefills.offer(RECORD);
    await first.prefills.shown();
    const { prefills } = prefillsWith({ session });
    await prefills.resolve();
    expect(await prefills.shown()).toMatchObject({ id: IDS[0], state: 'customer' });
  });

  test('waits for the sign-in', async () => {
    const { prefills, state } = prefillsWith();
    state.signedIn = false;
    await prefills.offer(RECORD);
    expect(state.lookUps).toBe(0);
    state.signedIn = true;
    await prefills.resolve();
    expect(await prefills.shown()).toMatchObject({ state: 'customer' });
  });

  test('survives the clearing for another agent if nobody was signed in when it came', async () => {
    const { prefills, session, state } = prefillsWith();
    state.signedIn = false;
    await prefills.offer(RECORD);
    await prefills.keepThrough(session.clear);
    expect(await prefills.shown()).toEqual({ id: IDS[0], state: 'resolving' });
  });

  test('of an agent who was signed in does not survive that', async () => {
    const { prefills, session } = prefillsWith();
    await prefills.offer(RECORD);
    await prefills.keepThrough(session.clear);
    expect(await prefills.shown()).toBeUndefined();
  });

  test('is replaced by a newer one, whose answer is not mixed up with it', async () => {
    const slow = Promise.withResolvers<Outcome<RecordMatches>>();
    const answers = [slow.promise, Promise.resolve(matching('second'))];
    const { prefills } = prefillsWith({ answer: () => answers.shift() ?? matching() });
    const first = prefills.offer(RECORD);
    await prefills.shown();
    const second = prefills.offer({ kind: 'email', email: 'second@mail.example' });
    slow.resolve(matching('first'));
    await Promise.all([first, second]);
    expect(await prefills.shown()).toMatchObject({ id: IDS[1], customer: { name: 'second' } });
  });

  test('is forgotten after ten minutes', async () => {
    const { prefills, state } = prefillsWith();
    await prefills.offer(RECORD);
    state.now = 10 * 60_000 + 1;
    expect(await prefills.shown()).toBeUndefined();
    expect(await prefills.take(IDS[0] ?? '')).toBe(false);
  });

  test('of another form in the storage is none', async () => {
    const { prefills } = prefillsWith({ session: memoryArea({ prefill: { id: 'x' } }) });
    expect(await prefills.shown()).toBeUndefined();
  });
});

describe('what needs no look-up', () => {
  test('is a search, as a search term', async () => {
    const { prefills, state } = prefillsWith();
    await prefills.offer({ kind: 'search', text: 'nora lind' });
    expect(await prefills.shown()).toEqual({ id: IDS[0], state: 'search', query: 'nora lind' });
    expect(state.lookUps).toBe(0);
  });

  test('is a pair, with the name that is known', async () => {
    const { prefills } = prefillsWith();
    const pair = { customerId: customer('nora').id, targetAppId: targetAppIdSchema.parse('shop') };
    await prefills.offer({ kind: 'customer', ...pair });
    expect(await prefills.shown()).toMatchObject({
      state: 'customer',
      draft: pair,
      customer: { name: 'nora' },
    });
  });

  test('is the last launch, with its reason', async () => {
    const { prefills } = prefillsWith({ last: customer('nora') });
    await prefills.offer({ kind: 'last_launch' });
    expect(await prefills.shown()).toMatchObject({
      state: 'customer',
      draft: { customerId: 'auth0|nora', reason: 'Why' },
    });
  });

  test('is said to be nothing where there was no launch', async () => {
    const { prefills } = prefillsWith();
    await prefills.offer({ kind: 'last_launch' });
    expect(await prefills.shown()).toMatchObject({ problem: { code: 'nothing_to_repeat' } });
  });
});
