import { describe, expect, it } from 'vitest';
import { type ReplayedLaunch, replayLaunches } from '../../../../src/backend/cli/policy/replay.ts';
import { localTimeIn } from '../../../../src/backend/policy/local-time.ts';
import type { CompanyPolicy } from '../../../../src/backend/ports/company-policy.ts';
import type { LedgerRow } from '../../../../src/contract/ledger.ts';
import { agentId, RULES } from '../fixtures.ts';
import { type FakeRule, fakePolicy } from '../policy/company-policies.ts';
import { endedRowOf, erased, idOf, issuedRowOf, requestedRow } from './recorded-rows.ts';

const NINE = '2026-03-02T09:00:00.000000Z';
const at = (minutes: number): string => new Date(Date.parse(NINE) + minutes * 60_000).toISOString();

const replay = async (
  rows: readonly LedgerRow[],
  company: CompanyPolicy,
  since = new Date(0),
): Promise<readonly ReplayedLaunch[]> => {
  const found: ReplayedLaunch[] = [];
  const all = async function* () {
    yield* rows;
  };
  const rules = {
    ...RULES.company,
    ladder: [60, 30, 15].map((minutes) => ({ mode: 'full', minutes }) as const),
  };
  const localTime = localTimeIn('Europe/Berlin');
  for await (const launch of replayLaunches({ rows: all(), since, company, rules, localTime })) {
    found.push(launch);
  }
  return found;
};

const outcomesOf = async (rows: readonly LedgerRow[], ...rules: readonly FakeRule[]) =>
  (await replay(rows, fakePolicy(...rules))).map(({ outcome, why }) => `${outcome} ${why}`.trim());

const refusing = (refuses: FakeRule['refuses'], note: Partial<FakeRule> = {}): FakeRule => ({
  id: 'new',
  refuses,
  ...note,
});

describe('a launch of the past, by other rules', () => {
  it('that they allow as it was changes nothing', async () => {
    expect(await outcomesOf([requestedRow(1, NINE)])).toEqual(['same']);
  });

  it('that they refuse is named with the rules that do', async () => {
    const [launch] = await replay([requestedRow(1, NINE)], fakePolicy(refusing(() => true)));
    expect(launch).toMatchObject({
      id: idOf(1),
      at: new Date(NINE),
      agentId: 'auth0|agent',
      outcome: 'refused',
      why: 'policy_denied: new',
    });
  });

  it('that they want more for would have been refused as it was', async () => {
    const rule = refusing(({ authAgeSeconds }) => authAgeSeconds > 10, { remedy: 'step_up' });
    expect(await outcomesOf([requestedRow(1, NINE)], rule)).toEqual([
      'refused needs step_up: everybody, new',
    ]);
  });

  it('that they grant less time says how much, and never gets more than it had', async () => {
    const rule = refusing((_facts, { minutes }) => minutes > 15);
    expect(await outcomesOf([requestedRow(1, NINE)], rule)).toEqual([
      'less_time 15 instead of 30 minutes',
    ]);
    const longOnly = refusing((_facts, { minutes }) => minutes < 60);
    expect(await outcomesOf([requestedRow(1, NINE)], longOnly)).toEqual([
      'refused policy_denied: new',
    ]);
  });

  it('is asked about as it was: who, as whom, from where, with what, and when in the company’s zone', async () => {
    const seen: unknown[] = [];
    const rule = refusing((facts) => {
      seen.push(facts);
      return false;
    });
    await outcomesOf([requestedRow(1, '2026-03-02T23:30:00.000000Z', { ticket: 'A-1' })], rule);
    expect(seen[0]).toMatchObject({
      agent: { id: 'auth0|agent' },
      customer: { id: 'auth0|nora', connection: 'customers' },
      targetAppId: 'shop',
      network: '203.0.113.7',
      reasonGiven: true,
      ticketGiven: true,
      localHour: 0,
      weekday: 2,
    });
  });

  it('of before the time that is asked about is left out', async () => {
    const rows = [requestedRow(1, NINE), requestedRow(2, at(10))];
    const found = await replay(rows, fakePolicy(), new Date(at(5)));
    expect(found.map(({ id }) => id)).toEqual([idOf(2)]);
  });
});

describe('a launch of the past that cannot be decided', () => {
  const row = requestedRow(1, NINE);

  it.each([
    'agentId',
    'agentIp',
    'customerId',
    'policy.agentRoles',
    'policy.customerAttributes',
    'policy.authAgeSeconds',
  ])('is never called allowed when its %s was erased', async (field) => {
    expect(await outcomesOf([erased(row, field)])).toEqual([
      'not_decidable a value was erased or never recorded',
    ]);
  });

  it('is decided all the same when only what it was for was erased, for the commitment says that there was a reason', async () => {
    const rule = refusing(({ reasonGiven }) => !reasonGiven);
    expect(await outcomesOf([erased(row, 'reason')], rule)).toEqual(['same']);
  });

  it('is one of before there were rules', async () => {
    expect(await outcomesOf([requestedRow(1, NINE, {}, {})])).toEqual([
      'not_decidable a value was erased or never recorded',
    ]);
  });
});

describe('what the rules count', () => {
  const third = refusing(({ launchesLastHour }) => launchesLastHour >= 2);
  const alone = refusing(({ activeSessions }) => activeSessions >= 1);

  it('is the launches of the same agent in the hour before', async () => {
    const rows = [
      requestedRow(1, at(0)),
      requestedRow(2, at(10), { agentId: agentId('auth0|other') }),
      requestedRow(3, at(20)),
      requestedRow(4, at(59)),
      requestedRow(5, at(61)),
    ];
    expect((await outcomesOf(rows, third)).map((said) => said.split(' ')[0])).toEqual([
      'same',
      'same',
      'same',
      'refused',
      'refused',
    ]);
    const later = [...rows.slice(0, 3), requestedRow(6, at(81))];
    expect((await outcomesOf(later, third)).at(-1)).toBe('same');
  });

  it('is the sessions that were open, until they ended or their time was over', async () => {
    const first = [requestedRow(1, at(0)), issuedRowOf(1, at(0), at(30))];
    const outcomeAt = async (minutes: number, ...between: readonly LedgerRow[]) =>
      (await outcomesOf([...first, ...between, requestedRow(2, at(minutes))], alone)).at(-1);
    expect(await outcomeAt(29)).toBe('refused policy_denied: new');
    expect(await outcomeAt(31)).toBe('same');
    expect(await outcomeAt(29, endedRowOf(1, at(20)))).toBe('same');
  });

  it('is not known for four hours after a launch whose agent was erased', async () => {
    const rows = [
      erased(requestedRow(1, at(0)), 'agentId'),
      requestedRow(2, at(239)),
      requestedRow(3, at(241)),
    ];
    expect((await outcomesOf(rows)).slice(1)).toEqual([
      'not_decidable a launch that may count was erased',
      'same',
    ]);
  });

  it('does not matter to rules that count nothing', async () => {
    const rows = [erased(requestedRow(1, at(0)), 'agentId'), requestedRow(2, at(1))];
    const company = { ...fakePolicy(), looksAt: { agent: true, signIn: true, counts: false } };
    expect((await replay(rows, company)).map(({ outcome }) => outcome)).toEqual([
      'not_decidable',
      'same',
    ]);
  });
});
