import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPolicies, testPolicies } from '../../../../src/backend/cli/policy/test-policies.ts';
import {
  decideLaunch,
  type LaunchCase,
  refusalOf,
} from '../../../../src/backend/policy/launch-decision.ts';
import { AGENT, APP, CUSTOMER, customerId, FACTS, RULES } from '../fixtures.ts';

const FOLDER = 'docs/policies';
const ATTRIBUTES = { agent: ['region', 'team'], customer: ['region', 'tier'] };
const sets = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(sets)('the policy set %s', (set) => {
  const results = testPolicies(join(FOLDER, set)).flatMap((file) => file.results);

  it.each(results.map(({ name, differences }) => ({ name, differences })))(
    'holds its case: $name',
    ({ differences }) => {
      expect(differences).toEqual([]);
    },
  );

  it('has the schema that all sets share', () => {
    const schemaOf = (name: string) =>
      readFileSync(join(FOLDER, name, 'understudy.cedarschema'), 'utf8');
    expect(schemaOf(set)).toBe(schemaOf('strict-start-up'));
  });
});

it('the sets have at least 80 cases, each of which names what decided', () => {
  const cases = sets.flatMap((set) => {
    const text = readFileSync(join(FOLDER, set, `${set}.policy.test.json`), 'utf8');
    return (JSON.parse(text) as { cases: { expect: { policies?: string[] } }[] }).cases;
  });
  expect(cases.length).toBeGreaterThanOrEqual(80);
  expect(cases.filter(({ expect: wanted }) => wanted.policies === undefined)).toEqual([]);
});

it('a case that does not hold says what was expected and what was found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-cases-'));
  cpSync(join(FOLDER, 'strict-start-up'), folder, { recursive: true });
  const wrong = {
    ladder: [{ mode: 'full', minutes: 15 }],
    cases: [
      {
        name: 'wrong',
        agent: { roles: ['Support Agent'] },
        expect: { minutes: 60, policies: ['nobody'] },
      },
    ],
  };
  writeFileSync(join(folder, 'strict-start-up.policy.test.json'), JSON.stringify(wrong));
  expect(testPolicies(folder)[0]?.results[0]?.differences).toEqual([
    'granted: expected 60 minutes, found 15 minutes',
    'needs: expected none, found reason, step_up, ticket',
    'decided by: expected nobody, found agents, fresh-sign-in, reason, ticket',
  ]);
});

it.each([
  ['without cases', {}, 'there is no file *.policy.test.json'],
  ['with a file that is no JSON', { 'a.policy.test.json': '{' }, 'a.policy.test.json: is not JSON'],
  [
    'with a field that there is not',
    { 'a.policy.test.json': '{"cases":[{"name":"x","expect":{"minuts":5}}]}' },
    'a.policy.test.json: cases.0.expect',
  ],
])('a folder %s is refused', (_what, files: Record<string, string>, problem) => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-cases-'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  expect(() => testPolicies(folder)).toThrow(problem);
});

describe('no folder of policies', () => {
  const CONDITIONS = [
    'true',
    'context.minutes <= 30',
    'context.weekday == 7',
    'resource has tier && resource.tier == "vip"',
    'principal in Role::"Support Agent"',
    'context.authMethods.contains("mfa")',
    'principal == Agent::"auth0|agent"',
  ];
  const rule = fc.record({
    effect: fc.constantFrom('permit', 'forbid'),
    condition: fc.constantFrom(...CONDITIONS),
    remedy: fc.constantFrom('', '@remedy("ticket")', '@remedy("step_up")', '@remedy("approval")'),
  });
  const folderOf = (rules: readonly { effect: string; condition: string; remedy: string }[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-any-'));
    cpSync(
      join(FOLDER, 'strict-start-up', 'understudy.cedarschema'),
      join(folder, 'understudy.cedarschema'),
    );
    const texts = rules.map(
      ({ effect, condition, remedy }, index) =>
        `@id("rule-${index}") ${effect === 'forbid' ? remedy : ''}
         ${effect} (principal, action, resource) when { ${condition} };`,
    );
    writeFileSync(
      join(folder, 'rules.cedar'),
      ['@id("open") permit (principal, action, resource);', ...texts].join('\n'),
    );
    return folder;
  };
  const LAUNCH_CASE: LaunchCase = {
    agentId: AGENT.id,
    customer: CUSTOMER,
    app: APP,
    organizationId: undefined,
    reason: 'Cannot see the invoice',
    ticket: 'A-1',
    facts: FACTS,
  };

  it('lets an agent act as a protected person or as themselves', () => {
    const forbidden = fc.constantFrom<Partial<typeof CUSTOMER>>(
      { id: customerId('auth0|agent') },
      { markedProtected: true },
      { roles: ['Administrator'] },
      { connection: 'staff' },
      { otherConnections: ['staff'] },
    );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), forbidden, (rules, changes) => {
        const company = openPolicies(folderOf(rules), ATTRIBUTES);
        const launch = { ...LAUNCH_CASE, customer: { ...CUSTOMER, ...changes } };
        const decision = decideLaunch(launch, RULES, company);
        expect(decision.grant).toBeUndefined();
        expect(refusalOf(decision, launch, RULES)?.code).toBe('customer_protected');
      }),
      { numRuns: 60 },
    );
  });

  it('grants anything where one of its policies fails, whatever the others say', () => {
    const failing = fc.constantFrom('permit', 'forbid');
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), failing, (rules, effect) => {
        const overflow = 'context.authAgeSeconds * 9007199254740991 > 0';
        const broken = { effect, condition: overflow, remedy: '' };
        const company = openPolicies(folderOf([...rules, broken]), ATTRIBUTES);
        const facts = { ...FACTS, authAgeSeconds: Number.MAX_SAFE_INTEGER };
        const decision = decideLaunch({ ...LAUNCH_CASE, facts }, RULES, company);
        expect(decision.grant).toBeUndefined();
        expect(decision.refusal?.code).toBe('policy_denied');
        expect(decision.policies).toEqual([`rule-${rules.length}`]);
      }),
      { numRuns: 60 },
    );
  });
});
