import { describe, expect, it } from 'vitest';
import { limitFetch } from '../../../../../src/backend/adapters/auth0/limited-fetch.ts';
import {
  runForAgent,
  runForEnd,
  runWhileWanted,
} from '../../../../../src/backend/current-agent.ts';
import { agentId } from '../../fixtures.ts';

const SEARCH = 'https://tenant.example/api/v2/users?q=';
const SESSION = 'https://tenant.example/api/v2/sessions/s-1';

/** A tenant that answers at once, and a clock that runs as fast as somebody waits. */
const setUp = (callsPerSecond: number, headers: () => Record<string, string> = () => ({})) => {
  const start = Date.parse('2026-03-01T12:00:00Z');
  let now = start;
  const sent: { readonly url: string; readonly at: number }[] = [];
  let status = 200;
  const call = limitFetch(
    async (input) => {
      sent.push({ url: String(input), at: now - start });
      return new Response('{}', { status, headers: headers() });
    },
    {
      callsPerSecond,
      clock: () => new Date(now),
      delay: async (milliseconds) => {
        await new Promise(setImmediate);
        now += milliseconds;
      },
    },
  );
  return {
    sent,
    call,
    at: () => now,
    answer: (next: number) => {
      status = next;
    },
    as: (agent: string, url: string) => runForAgent(agentId(agent), () => call(url)),
  };
};

describe('calls to the tenant', () => {
  it('stay below the rate, its last part apart', async () => {
    const { as, sent } = setUp(10);
    await Promise.all(Array.from({ length: 20 }, (_, n) => as(`agent-${n}`, `${SEARCH}${n}`)));
    expect(sent).toHaveLength(20);
    expect(sent.filter(({ at }) => at === 0)).toHaveLength(8);
    expect(sent.filter(({ at }) => at <= 1_000).length).toBeLessThanOrEqual(18);
  });

  it('end a session at once, whoever searches', async () => {
    const { as, sent } = setUp(10);
    const searches = Array.from({ length: 200 }, (_, n) => as(`agent-${n}`, `${SEARCH}${n}`));
    await as('agent-end', SESSION);
    expect(sent.find(({ url }) => url === SESSION)?.at).toBeLessThanOrEqual(200);
    await Promise.all(searches);
  });

  it('find the session that is to end at once, whoever searches', async () => {
    const { as, call, sent } = setUp(10);
    const searches = Array.from({ length: 200 }, (_, n) => as(`agent-${n}`, `${SEARCH}${n}`));
    const log = 'https://tenant.example/api/v2/logs';
    await runForEnd(() => call(log));
    expect(sent.find(({ url }) => url === log)?.at).toBeLessThanOrEqual(200);
    await Promise.all(searches);
  });

  it('are shared between agents: one with many does not keep another waiting', async () => {
    const { as, sent } = setUp(10);
    const url = (n: number) => `https://tenant.example/api/v2/clients/${n}`;
    const greedy = Array.from({ length: 30 }, (_, n) => as('greedy', url(n)));
    await as('modest', url(99));
    expect(sent.findIndex((each) => each.url === url(99))).toBeLessThanOrEqual(9);
    await Promise.all(greedy);
  });

  it('of an agent finish one launch before the next, where not all can be made in time', async () => {
    const { call } = setUp(10);
    const callsOf = (n: number, names: readonly string[]) =>
      Promise.all(names.map((name) => call(`https://tenant.example/api/v2/clients/${name}-${n}`)));
    const launch = (n: number) =>
      runForAgent(agentId('sam'), async () => {
        const facts = await callsOf(n, ['user', 'memberships', 'roles']);
        const further = await callsOf(n, ['app', 'organization']);
        return [...facts, ...further].every(({ ok }) => ok);
      });
    const finished = await Promise.all(Array.from({ length: 16 }, (_, n) => launch(n)));
    expect(finished.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => true));
  });

  it('for searches that nobody waits for any more come after the wanted ones', async () => {
    const { as, call, sent } = setUp(1);
    await as('other', SESSION);
    let isWanted = true;
    const first = runForAgent(agentId('sam'), () =>
      runWhileWanted(
        () => isWanted,
        () => call(`${SEARCH}nor`),
      ),
    );
    const second = as('sam', `${SEARCH}nora`);
    isWanted = false;
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(sent.map(({ url }) => url)).toEqual([SESSION, `${SEARCH}nora`, `${SEARCH}nor`]);
  });

  it('are refused unsent after four seconds of waiting', async () => {
    const { as, sent } = setUp(2);
    const url = (n: number) => `https://tenant.example/api/v2/clients/${n}`;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => as('sam', url(n))));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(15);
    expect(sent.length).toBeLessThan(15);
  });

  it('wait until the time that the tenant names once it refused one', async () => {
    const reset = Date.parse('2026-03-01T12:00:02Z') / 1000;
    const { as, sent, answer } = setUp(10, () => ({ 'x-ratelimit-reset': String(reset) }));
    answer(429);
    await as('sam', SESSION);
    answer(200);
    await as('sam', SESSION);
    expect(sent[1]?.at).toBeGreaterThanOrEqual(2_000);
  });

  it('leave what the tenant has left to ends and to other systems', async () => {
    const reset = Date.parse('2026-03-01T12:00:02Z') / 1000;
    const { as, sent } = setUp(10, () => ({
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': String(reset),
    }));
    await as('sam', `${SEARCH}nora`);
    const search = as('sam', `${SEARCH}uma`);
    await as('sam', SESSION);
    await search;
    expect(sent.map(({ url }) => url)).toEqual([`${SEARCH}nora`, SESSION, `${SEARCH}uma`]);
    expect(sent[2]?.at).toBeGreaterThanOrEqual(2_000);
  });

  it('keep a fifth of the limit that the tenant names, whatever rate is configured', async () => {
    const reset = Date.parse('2026-03-01T12:00:02Z') / 1000;
    let remaining = 4;
    const { as, sent } = setUp(1_000, () => ({
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': String(--remaining),
      'x-ratelimit-reset': String(reset),
    }));
    await as('sam', `${SEARCH}nora`);
    await as('sam', `${SEARCH}uma`);
    await as('sam', `${SEARCH}zoe`);
    expect(sent.map(({ at }) => at < 2_000)).toEqual([true, true, false]);
  });
});
