import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideLaunch,
  type LaunchCase,
  type LaunchRules,
  refusalOf,
} from '../../../../src/backend/policy/launch-decision.ts';
import {
  BUILT_IN_POLICY,
  type CompanyPolicy,
  type PolicyFacts,
} from '../../../../src/backend/ports/company-policy.ts';
import { AGENT, APP, CUSTOMER, customerId, FACTS, organizationId, RULES } from '../fixtures.ts';
import { answering, fakePolicy } from './company-policies.ts';

const LAUNCH_CASE: LaunchCase = {
  agentId: AGENT.id,
  customer: CUSTOMER,
  app: APP,
  organizationId: undefined,
  reason: 'Cannot see the invoice',
  ticket: undefined,
  facts: FACTS,
};

const decide = (changes: Partial<LaunchCase> = {}, rules: LaunchRules = RULES) => {
  const launch = { ...LAUNCH_CASE, ...changes };
  return refusalOf(decideLaunch(launch, rules, BUILT_IN_POLICY), launch, rules)?.code;
};

const withApp = (changes: Partial<typeof APP>) => ({ app: { ...APP, ...changes } });
const withCustomer = (changes: Partial<typeof CUSTOMER>) => ({
  customer: { ...CUSTOMER, ...changes },
});

it('allows an ordinary launch', () => {
  expect(decide()).toBeUndefined();
});

describe('protection', () => {
  it.each([
    ["the agent's own account", { id: customerId('auth0|agent') }],
    ['a marked account', { markedProtected: true }],
    ['an administrator', { roles: ['Administrator'] }],
    ['another agent', { roles: ['Support Agent'] }],
    ['somebody from a connection without customers', { connection: 'staff' }],
    ['a customer with a linked staff account', { otherConnections: ['staff'] }],
    ['an administrator by another spelling', { roles: [' administrator '] }],
  ])('refuses %s', (_name, changes) => {
    expect(decide(withCustomer(changes))).toBe('customer_protected');
  });

  it.each([
    ['another customers’ connection', 'partners'],
    ['a connection that is allowed to be linked', 'google-oauth2'],
  ])('allows a customer who is linked to %s', (_name, connection) => {
    expect(decide(withCustomer({ otherConnections: [connection] }))).toBeUndefined();
  });

  it('refuses an account that is only in a connection that is allowed to be linked', () => {
    expect(decide(withCustomer({ connection: 'google-oauth2' }))).toBe('customer_protected');
  });

  it('comes before everything else, so that nothing more is learned', () => {
    expect(decide({ ...withCustomer({ markedProtected: true }), reason: undefined })).toBe(
      'customer_protected',
    );
  });
});

describe('reach', () => {
  it('refuses an app without delegated access', () => {
    expect(decide(withApp({ ways: ['native_to_web'] }))).toBe('target_app_unavailable');
  });

  it("refuses an app without the customer's connection", () => {
    expect(decide(withApp({ connections: ['partners'] }))).toBe('target_app_unreachable');
  });
});

describe('organization', () => {
  const own = organizationId('org_1');
  it.each([
    ['none where one is required', 'require', undefined, 'organization_required'],
    ['one where none is allowed', 'deny', own, 'organization_not_allowed'],
    [
      "somebody else's where one is required",
      'require',
      organizationId('org_9'),
      'organization_not_member',
    ],
    [
      "somebody else's where one is possible",
      'allow',
      organizationId('org_9'),
      'organization_not_member',
    ],
  ] as const)('refuses %s', (_name, organizationUsage, organization, code) => {
    expect(decide({ ...withApp({ organizationUsage }), organizationId: organization })).toBe(code);
  });

  it.each([
    ['require', own],
    ['allow', own],
    ['allow', undefined],
  ] as const)('where the app says "%s" allows %s', (organizationUsage, organization) => {
    expect(
      decide({ ...withApp({ organizationUsage }), organizationId: organization }),
    ).toBeUndefined();
  });
});

describe('reason and ticket', () => {
  it.each([
    undefined,
    '',
    '    ',
    'abcd',
    '  abcd  ',
    '\u200b\u200b\u200b\u200b\u200b',
    '\u0000\u0000\u0000\u0000\u0000',
    '\u3164\u3164\u3164\u3164\u3164',
    '\u2800\u2800\u2800\u2800\u2800',
    '\u0301\u0301\u0301\u0301\u0301',
    ' \u0301 \u0301 \u0301 \u0301 \u0301',
    'a\u0301\u0301\u0301\u0301',
    'abcd\u3164',
  ])('refuse the reason %j', (reason) => {
    expect(decide({ reason })).toBe('reason_required');
  });

  it.each(['cafe\u0301s', 'ขอดูบิล', '請求書が無い', '\u{1f469}\u200d\u{1f4bb}abcd'])(
    'allow the reason %j',
    (reason) => {
      expect(decide({ reason })).toBeUndefined();
    },
  );

  it.each(['1234', 'ab-1', 'AB-1; DROP TABLE'])('refuse the ticket %j', (ticket) => {
    expect(decide({ ticket })).toBe('ticket_required');
  });

  it('allow a ticket of the right form', () => {
    expect(decide({ ticket: ' AB-1 ' })).toBeUndefined();
  });

  it('refuse a missing ticket where one is required', () => {
    const requirements = { ...RULES.requirements, ticket: { required: true } };
    expect(decide({}, { ...RULES, requirements })).toBe('ticket_required');
  });

  it('refuse a blank reason even where no length is set', () => {
    const requirements = { ...RULES.requirements, reason: { required: true, minLength: 0 } };
    expect(decide({ reason: ' ' }, { ...RULES, requirements })).toBe('reason_required');
  });

  it('are not needed where the company asks for none', () => {
    const requirements = { reason: { required: false, minLength: 5 }, ticket: { required: false } };
    expect(decide({ reason: undefined }, { ...RULES, requirements })).toBeUndefined();
  });
});

describe("the company's rules", () => {
  const decideBy = (company: CompanyPolicy, changes: Partial<LaunchCase> = {}) =>
    decideLaunch({ ...LAUNCH_CASE, ...changes }, RULES, company);
  const shortOnly = fakePolicy({ id: 'short', refuses: (_facts, { minutes }) => minutes > 30 });

  it('are not asked about a protected customer', () => {
    expect(decideBy(fakePolicy(), withCustomer({ markedProtected: true }))).toMatchObject({
      refusal: { code: 'customer_protected' },
      policies: [],
    });
  });

  it('decide as if what every launch must carry were given', () => {
    const wantsReason = fakePolicy({
      id: 'reason',
      refuses: ({ reasonGiven }) => !reasonGiven,
    });
    expect(decideBy(wantsReason, { reason: '' })).toMatchObject({
      grant: { minutes: 120 },
      needs: ['reason'],
    });
  });

  it('add their needs to what every launch must carry', () => {
    const wantsTicket = fakePolicy({
      id: 'ticket',
      remedy: 'ticket',
      refuses: ({ ticketGiven }) => !ticketGiven,
    });
    expect(decideBy(wantsTicket, { reason: '' })).toMatchObject({ needs: ['reason', 'ticket'] });
  });

  it('never give more than the agent was shown', () => {
    expect(decideBy(fakePolicy(), { shownGrant: { mode: 'full', minutes: 30 } })).toMatchObject({
      grant: { mode: 'full', minutes: 30 },
      needs: [],
    });
  });

  it('give less than the agent was shown only with a new look', () => {
    expect(decideBy(shortOnly, { shownGrant: { mode: 'full', minutes: 120 } })).toMatchObject({
      grant: { minutes: 30 },
      refusal: { code: 'grant_changed' },
    });
  });

  it('give nothing beyond the ladder, whatever the agent says they were shown', () => {
    const rules = {
      ...RULES,
      company: { ...RULES.company, ladder: [{ mode: 'full', minutes: 30 } as const] },
    };
    const launch = { ...LAUNCH_CASE, shownGrant: { mode: 'full', minutes: 120 } as const };
    expect(decideLaunch(launch, rules, fakePolicy())).toMatchObject({
      grant: { minutes: 30 },
      refusal: { code: 'grant_changed' },
    });
  });

  it.each([
    ['step_up', 'step_up_required'],
    ['approval', 'policy_denied'],
    ['ticket', 'ticket_required'],
    ['reason', 'reason_required'],
  ] as const)('refuse a launch that still needs %s with %s', (remedy, code) => {
    const cures = {
      step_up: ({ authAgeSeconds }: PolicyFacts) => authAgeSeconds > 0,
      approval: ({ approver }: PolicyFacts) => approver === undefined,
      ticket: ({ ticketGiven }: PolicyFacts) => !ticketGiven,
      reason: ({ reasonGiven }: PolicyFacts) => !reasonGiven,
    };
    const given = { reason: undefined, ticket: undefined };
    const rules = {
      ...RULES,
      requirements: { reason: { required: false, minLength: 0 }, ticket: { required: false } },
    };
    const decision = decideLaunch(
      { ...LAUNCH_CASE, ...given },
      rules,
      fakePolicy({ id: 'rule', remedy, refuses: cures[remedy] }),
    );
    expect(refusalOf(decision, given, rules)).toMatchObject({
      code,
      ...(remedy === 'step_up' && { stepUp: { maxAgeSeconds: 300 } }),
    });
  });

  it('let nobody act as a protected person or themselves, whatever they say', () => {
    const outcomes = fc.constantFrom('allowed', 'denied', 'failed' as const);
    const anyPolicy = fc
      .record({ outcome: outcomes, ids: fc.array(fc.string(), { maxLength: 3 }) })
      .map(({ outcome, ids }) => answering({ outcome, policies: ids.map((id) => ({ id })) }));
    const forbidden = fc.constantFrom<Partial<typeof CUSTOMER>>(
      { id: customerId('auth0|agent') },
      { markedProtected: true },
      { roles: ['Administrator'] },
      { roles: ['support agent '] },
      { connection: 'staff' },
      { otherConnections: ['staff'] },
    );
    fc.assert(
      fc.property(anyPolicy, forbidden, fc.boolean(), (company, changes, isGiven) => {
        const given = isGiven ? { reason: 'Cannot see the invoice', ticket: 'A-1' } : {};
        const launch = { ...LAUNCH_CASE, ...withCustomer(changes), ...given };
        const decision = decideLaunch(launch, RULES, company);
        expect(decision.grant).toBeUndefined();
        expect(refusalOf(decision, launch, RULES)?.code).toBe('customer_protected');
      }),
    );
  });
});
