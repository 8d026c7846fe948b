import { describe, expect, it } from 'vitest';
import { decideByCompanyRules } from '../../../../src/backend/policy/company-rules.ts';
import type { PolicyFacts } from '../../../../src/backend/ports/company-policy.ts';
import { FACTS, RULES } from '../fixtures.ts';
import { answering, fakePolicy } from './company-policies.ts';

const ASKED: PolicyFacts = { ...FACTS, reasonGiven: true, ticketGiven: false };
const LADDER = [120, 30, 8].map((minutes) => ({ mode: 'full', minutes }) as const);
const COMPANY = { ...RULES.company, ladder: LADDER };

const decide = (company: ReturnType<typeof fakePolicy>, facts: Partial<PolicyFacts> = {}) =>
  decideByCompanyRules(company, { ...ASKED, ...facts }, COMPANY);

const always = () => true;
const longerThan = (minutes: number) => (_facts: PolicyFacts, grant: { minutes: number }) =>
  grant.minutes > minutes;

describe('the ladder', () => {
  it('grants its first step where nothing refuses', () => {
    expect(decide(fakePolicy())).toEqual({
      grant: { mode: 'full', minutes: 120 },
      needs: [],
      policies: ['everybody'],
    });
  });

  it('grants the first step that is allowed, and never more', () => {
    expect(decide(fakePolicy({ id: 'short', refuses: longerThan(8) }))).toMatchObject({
      grant: { minutes: 8 },
      needs: [],
    });
  });

  it('prefers less that is allowed now to more that needs something first', () => {
    const rule = { id: 'long', remedy: 'ticket', refuses: longerThan(30) } as const;
    expect(decide(fakePolicy(rule))).toMatchObject({ grant: { minutes: 30 }, needs: [] });
  });

  it('ends in a refusal that names the rules, sorted', () => {
    const rules = [
      { id: 'z', refuses: always },
      { id: 'a', refuses: always },
    ];
    expect(decide(fakePolicy(...rules))).toMatchObject({
      refusal: {
        code: 'policy_denied',
        detail: "Your company's rules refuse this launch (a, z).",
      },
      policies: ['a', 'z'],
    });
  });

  it('says so where no rule allows anything', () => {
    expect(decide(answering({ outcome: 'denied', policies: [] }))).toMatchObject({
      refusal: { code: 'policy_denied', detail: 'No rule of your company allows this launch.' },
      policies: [],
    });
  });
});

describe('a refusal', () => {
  it('has the code and the words of its rule', () => {
    const rule = {
      id: 'night',
      code: 'target_app_unavailable',
      detail: 'The shop is closed at night.',
      refuses: always,
    } as const;
    expect(decide(fakePolicy(rule))).toMatchObject({
      refusal: {
        code: 'target_app_unavailable',
        detail: 'The shop is closed at night.',
        isPublic: true,
      },
    });
  });

  it('is what a failure is, at any step', () => {
    expect(decide(answering({ outcome: 'failed', policies: [{ id: 'broken' }] }))).toMatchObject({
      refusal: { code: 'policy_denied', detail: expect.stringContaining('could not be decided') },
      policies: ['broken'],
    });
    const denyThenFail = {
      ...fakePolicy(),
      ask: (_facts: PolicyFacts, { minutes }: { minutes: number }) =>
        minutes === 120
          ? ({ outcome: 'denied', policies: [] } as const)
          : ({ outcome: 'failed', policies: [] } as const),
    };
    expect(decide(denyThenFail)).toMatchObject({ refusal: { code: 'policy_denied' } });
  });

  it('is what a failure is while a cure is tried', () => {
    const failsCured = {
      ...fakePolicy(),
      ask: ({ ticketGiven }: PolicyFacts) =>
        ticketGiven
          ? ({ outcome: 'failed', policies: [{ id: 'broken' }] } as const)
          : ({ outcome: 'denied', policies: [{ id: 'a', remedy: 'ticket' }] } as const),
    };
    expect(decide(failsCured)).toMatchObject({
      refusal: { code: 'policy_denied' },
      policies: ['broken'],
    });
  });
});

describe('a need', () => {
  const wantsTicket = {
    id: 'ticket',
    remedy: 'ticket',
    refuses: ({ ticketGiven }: PolicyFacts) => !ticketGiven,
  } as const;
  const wantsFresh = {
    id: 'fresh',
    remedy: 'step_up',
    refuses: ({ authAgeSeconds }: PolicyFacts) => authAgeSeconds > 30,
  } as const;
  const wantsApproval = {
    id: 'approval',
    remedy: 'approval',
    refuses: ({ approver }: PolicyFacts) => approver === undefined,
  } as const;

  it('is what all refusing rules name a remedy for', () => {
    expect(decide(fakePolicy(wantsTicket))).toEqual({
      grant: { mode: 'full', minutes: 120 },
      needs: ['ticket'],
      policies: ['everybody', 'ticket'],
    });
  });

  it('is named once, in a fixed order, however many rules ask for it', () => {
    expect(
      decide(fakePolicy(wantsFresh, wantsApproval, wantsTicket, { ...wantsTicket, id: 'other' })),
    ).toMatchObject({ needs: ['ticket', 'approval', 'step_up'] });
  });

  it('is found behind another one', () => {
    const afterTicket = {
      ...wantsFresh,
      refuses: ({ ticketGiven, authAgeSeconds }: PolicyFacts) => ticketGiven && authAgeSeconds > 30,
    };
    expect(decide(fakePolicy(wantsTicket, afterTicket))).toMatchObject({
      needs: ['ticket', 'step_up'],
      policies: ['everybody', 'fresh', 'ticket'],
    });
  });

  it('is not named where a rule without a remedy refuses as well', () => {
    expect(decide(fakePolicy(wantsTicket, { id: 'never', refuses: always }))).toMatchObject({
      refusal: { code: 'policy_denied' },
    });
  });

  it('is not named where the remedy does not help', () => {
    expect(decide(fakePolicy({ id: 'never', remedy: 'ticket', refuses: always }))).toMatchObject({
      refusal: { code: 'policy_denied' },
    });
  });

  it('is asked for with the sign-in that satisfies all rules', () => {
    const strict = { ...wantsFresh, id: 'strict', stepUp: { maxAgeSeconds: 60, acrValues: 'mfa' } };
    const lax = { ...wantsFresh, id: 'lax', stepUp: { maxAgeSeconds: 900 } };
    expect(decide(fakePolicy(lax, strict))).toMatchObject({
      needs: ['step_up'],
      stepUp: { maxAgeSeconds: 60, acrValues: 'mfa' },
    });
    expect(decide(fakePolicy(wantsFresh))).toMatchObject({ stepUp: { maxAgeSeconds: 300 } });
  });

  it('is gone once it is met', () => {
    expect(decide(fakePolicy(wantsTicket), { ticketGiven: true })).toMatchObject({ needs: [] });
  });
});
