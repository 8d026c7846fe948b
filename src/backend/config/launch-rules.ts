import { agentIdSchema } from '../../contract/ids.ts';
import type { CompanyRules } from '../policy/company-rules.ts';
import type { LaunchRules } from '../policy/launch-decision.ts';
import type { Config } from './config.ts';
import type { PolicyConfig } from './policy-config.ts';
import { createTicketTest } from './ticket-pattern.ts';

/** Nobody: an id that the tenant gives to no account. */
const EXAMPLE_APPROVER = agentIdSchema.parse('someone-else');

/** What the company's rules are asked about, and what they take for cured, as the configuration says. */
export const companyRules = (
  { ladder, stepUp }: PolicyConfig,
  staffRoles: readonly string[],
): CompanyRules => ({
  ladder,
  stepUp: {
    maxAgeSeconds: stepUp.maxAgeSeconds,
    ...(stepUp.acrValues !== undefined && { acrValues: stepUp.acrValues }),
  },
  exampleApprover: { id: EXAMPLE_APPROVER, roles: staffRoles, attributes: {} },
});

/** What the configuration decides about launches. */
export const launchRules = ({
  launches,
  policy,
  protection,
  customers,
}: Pick<Config, 'launches' | 'policy' | 'protection' | 'customers'>): LaunchRules => {
  const { required, pattern } = policy.ticket;
  return {
    paused: launches.paused,
    requirements: {
      reason: policy.reason,
      ticket: { required, ...(pattern !== undefined && { pattern }) },
    },
    isTicket: pattern === undefined ? () => true : createTicketTest(pattern),
    protection: {
      roles: [...protection.roles, ...protection.staffRoles],
      customerConnections: customers.connections,
      linkedConnectionsAllowed: customers.linkedConnectionsAllowed,
    },
    limits: Object.fromEntries(
      Object.entries(policy.limits).filter(([, limit]) => limit !== undefined),
    ),
    company: companyRules(policy, protection.staffRoles),
  };
};
