import {
  agentIdSchema,
  customerIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import { createManagementClient } from '../../adapters/auth0/management/management.ts';
import { readManagementAuthentication } from '../../adapters/auth0/management/management-authentication.ts';
import type { Config } from '../../config/config.ts';
import { launchRules } from '../../config/launch-rules.ts';
import { type Environment, readConfig } from '../../config/load-config.ts';
import { openTenant } from '../../lifecycle/open-tenant.ts';
import type { LaunchCase } from '../../policy/launch-decision.ts';
import { decideLaunch, type LaunchDecision, refusalOf } from '../../policy/launch-decision.ts';
import { localTimeIn } from '../../policy/local-time.ts';
import {
  BUILT_IN_POLICY,
  type CompanyPolicy,
  INFINITELY_OLD,
  type PolicyFacts,
} from '../../ports/company-policy.ts';
import { idOf } from '../id-option.ts';
import { openPolicies } from './test-policies.ts';

/** Whose launch is to be explained, and what is assumed of it. */
export type ExplainedLaunch = {
  readonly configPath: string;
  readonly folder: string | undefined;
  readonly agent: string;
  readonly customer: string;
  readonly app: string;
  readonly organization: string | undefined;
  readonly hasReason: boolean;
  readonly ticket: string | undefined;
  readonly at: Date;
  readonly signedInSecondsAgo: number | undefined;
  readonly methods: readonly string[];
  readonly network: string | undefined;
  readonly launchesLastHour: number;
  readonly activeSessions: number;
};

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

const tenantOf = async (config: Config) => {
  const { auth0, secrets } = config;
  const management = createManagementClient({
    domain: auth0.managementDomain,
    clientId: auth0.managementClientId,
    authentication: await readManagementAuthentication(
      auth0.managementAuthentication,
      secrets.managementCredential,
    ),
    fetch,
  });
  return openTenant(config, { management, clock: () => new Date(), log: QUIET });
};

const companyOf = (config: Config, folder: string | undefined): CompanyPolicy => {
  const used = folder ?? config.policy.folder;
  return used === undefined
    ? BUILT_IN_POLICY
    : openPolicies(used, {
        agent: Object.keys(config.policy.agentAttributes),
        customer: Object.keys(config.policy.customerAttributes),
      });
};

const verdictLines = (decision: LaunchDecision, refusal: ReturnType<typeof refusalOf>) => [
  refusal === undefined
    ? `GRANTED: ${decision.grant?.mode} for ${decision.grant?.minutes} minutes`
    : decision.refusal
      ? `REFUSED: ${refusal.code}: ${refusal.detail}`
      : `NEEDS ${decision.needs.join(' and ')}; then ${decision.grant?.mode} for ${decision.grant?.minutes} minutes`,
  `Decided by: ${decision.policies.join(', ') || (decision.refusal ? 'no policy' : 'nothing')}`,
];

/** What the company's rules say of each step of the ladder, as it is. */
const ladderLines = (
  company: CompanyPolicy,
  facts: PolicyFacts,
  ladder: readonly { readonly mode: 'full'; readonly minutes: number }[],
): readonly string[] =>
  ladder.map((grant) => {
    const { outcome, policies } = company.ask(facts, grant);
    const named = policies.map(({ id, remedy }) => (remedy ? `${id} (cured by ${remedy})` : id));
    return `  ${grant.minutes} minutes: ${outcome}${named.length > 0 ? ` by ${named.join(', ')}` : ', no policy permits it'}`;
  });

/**
 * Decides a launch as the backend would, with customer, app and the agent's roles as the tenant has them now, and
 * says why in lines for a terminal. Nothing is issued or recorded. What only a token or the ledger knows is
 * assumed as given.
 * @throws {UsageError} for an id that the contract does not allow.
 * @throws {ConfigError | PolicyFolderError | TenantUnavailableError}
 */
export const explainLaunch = async (
  environment: Environment,
  asked: ExplainedLaunch,
): Promise<readonly string[]> => {
  const config = await readConfig(asked.configPath, environment);
  const { tenant, directory } = await tenantOf(config);
  const company = companyOf(config, asked.folder);
  const agentId = idOf('agent', agentIdSchema, asked.agent);
  const customerId = idOf('customer', customerIdSchema, asked.customer);
  const organizationId =
    asked.organization === undefined
      ? undefined
      : idOf('organization', organizationIdSchema, asked.organization);
  const [standing, customer, app] = await Promise.all([
    tenant.agents.standing(agentId),
    directory.load(customerId, organizationId),
    tenant.apps.load(idOf('app', targetAppIdSchema, asked.app)),
  ]);
  if (!standing) {
    return [`REFUSED: the tenant has no agent ${asked.agent}.`];
  }
  if (!customer) {
    return [`REFUSED: customer_not_found: the tenant has no account ${asked.customer}.`];
  }
  if (!app) {
    return [`REFUSED: target_app_unavailable: ${asked.app} is not open to session transfer.`];
  }
  const roles = standing.roles.filter((role) => config.protection.staffRoles.includes(role));
  const { attributes, connection, id, organizations } = customer;
  const facts: LaunchCase['facts'] = {
    agent: { id: agentId, roles, attributes: {} },
    customer: { id, connection, organizations, attributes },
    targetAppId: app.id,
    ...(organizationId && { organizationId }),
    launchesLastHour: asked.launchesLastHour,
    activeSessions: asked.activeSessions,
    authAgeSeconds: asked.signedInSecondsAgo ?? INFINITELY_OLD,
    authMethods: asked.methods,
    ...(asked.network !== undefined && { network: asked.network }),
    at: asked.at,
    ...localTimeIn(config.policy.timeZone)(asked.at),
  };
  const given = {
    reason: asked.hasReason ? 'x'.repeat(Math.max(1, config.policy.reason.minLength)) : undefined,
    ticket: asked.ticket,
  };
  const rules = launchRules(config);
  const launch = { agentId, customer, app, organizationId, ...given, facts };
  const decision = decideLaunch(launch, rules, company);
  const questioned = {
    ...facts,
    reasonGiven: asked.hasReason,
    ticketGiven: asked.ticket !== undefined,
  };
  return [
    ...verdictLines(decision, refusalOf(decision, given, rules)),
    `Agent ${agentId}: roles ${roles.join(', ') || 'none'}`,
    `Customer ${id}: ${JSON.stringify(attributes)}, organizations ${organizations.map(({ name }) => name).join(', ') || 'none'}`,
    `Rules: ${company.hash}`,
    'Step by step, as it is:',
    ...ladderLines(company, questioned, rules.company.ladder),
  ];
};
