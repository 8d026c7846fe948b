import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPolicies } from '../../src/backend/cli/policy/test-policies.ts';
import { companyRules } from '../../src/backend/config/launch-rules.ts';
import { policyConfigSchema } from '../../src/backend/config/policy-config.ts';
import { decideByCompanyRules } from '../../src/backend/policy/company-rules.ts';
import type { PolicyFacts } from '../../src/backend/ports/company-policy.ts';
import { agentIdSchema, customerIdSchema, targetAppIdSchema } from '../../src/contract/ids.ts';
import { median } from './median.ts';

const POLICIES = 100;
const DECISIONS = 500;

const FACTS: PolicyFacts = {
  agent: { id: agentIdSchema.parse('auth0|agent'), roles: ['Support Agent'], attributes: {} },
  customer: {
    id: customerIdSchema.parse('auth0|customer'),
    connection: 'customers',
    organizations: [],
    attributes: { tier: 'gold' },
  },
  targetAppId: targetAppIdSchema.parse('shop'),
  reasonGiven: true,
  ticketGiven: true,
  launchesLastHour: 3,
  activeSessions: 1,
  authAgeSeconds: 60,
  authMethods: ['mfa'],
  network: '203.0.113.7',
  at: new Date('2026-03-02T09:00:00Z'),
  localHour: 9,
  weekday: 1,
};

/** Each looks at something of the launch, and does not refuse it. */
const rule = (index: number): string =>
  `@id("rule-${index}") forbid (principal, action, resource)
   when { resource has tier && resource.tier == "tier-${index}" && context.minutes > ${index % 60} };`;

/** Measures a decision by the company's rules, the ladder's first step being granted, in milliseconds. */
export const measurePolicyDecision = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-rules-'));
  try {
    cpSync('docs/policies/strict-start-up/understudy.cedarschema', join(folder, 'a.cedarschema'));
    const rules = Array.from({ length: POLICIES - 1 }, (_, index) => rule(index));
    const permit = '@id("agents") permit (principal in Role::"Support Agent", action, resource);';
    writeFileSync(join(folder, 'rules.cedar'), [permit, ...rules].join('\n'));
    const company = openPolicies(folder, { agent: [], customer: ['tier'] });
    const required = { reason: { required: false }, ticket: { required: false } };
    const asked = companyRules(policyConfigSchema.parse(required), []);
    const times = Array.from({ length: DECISIONS }, () => {
      const start = performance.now();
      decideByCompanyRules(company, FACTS, asked);
      return performance.now() - start;
    });
    return median(times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
