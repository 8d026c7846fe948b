import { describe, expect, it } from 'vitest';
import {
  type LaunchCase,
  type LaunchRules,
  refuseLaunch,
} from '../../../../src/backend/policy/launch-decision.ts';
import { AGENT, APP, CUSTOMER, customerId, organizationId, RULES } from '../fixtures.ts';

const decide = (changes: Partial<LaunchCase> = {}, rules: LaunchRules = RULES) =>
  refuseLaunch(
    {
      agentId: AGENT.id,
      customer: CUSTOMER,
      app: APP,
      organizationId: undefined,
      reason: 'Cannot see the invoice',
      ticket: undefined,
      ...changes,
    },
    rules,
  )?.code;

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
