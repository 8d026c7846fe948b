import {
  agentIdSchema,
  customerIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import { companyRules } from '../../config/launch-rules.ts';
import { policyConfigSchema } from '../../config/policy-config.ts';
import {
  decideLaunch,
  type LaunchCase,
  type LaunchDecision,
} from '../../policy/launch-decision.ts';
import { localTimeIn } from '../../policy/local-time.ts';
import {
  type CompanyPolicy,
  INFINITELY_OLD,
  type PolicyAgent,
} from '../../ports/company-policy.ts';
import type { CaseFile, PolicyCase } from './case-file.ts';

/** What became of a case: nothing to say, or what was expected and what was decided. */
export type CaseResult = {
  readonly name: string;
  readonly decision: LaunchDecision;
  /** What does not hold, in words; none where the case holds. */
  readonly differences: readonly string[];
};

const CONNECTION = 'customers';
const PROTECTED_ROLE = 'protected';
const ANY_APP = 'app';
const SOME_MONDAY = '2026-03-02T12:00:00Z';

const agentOf = (agent: PolicyCase['agent'], usualId: string): PolicyAgent => ({
  id: agentIdSchema.parse(agent?.id ?? usualId),
  roles: agent?.roles ?? [],
  attributes: agent?.attributes ?? {},
});

const organizationOf = (name: string) => ({
  id: organizationIdSchema.parse(`org_${name}`),
  name,
  displayName: name,
});

/** Lays a case over what all cases of the file are given. */
const situationOf = ({ given = {} }: CaseFile, { agent, customer, launch }: PolicyCase) => ({
  agent: { ...given.agent, ...agent },
  customer: { ...given.customer, ...customer },
  launch: { ...given.launch, ...launch },
});

const launchOf = (file: CaseFile, policyCase: PolicyCase): LaunchCase => {
  const { agent, customer, launch } = situationOf(file, policyCase);
  const acting = agentOf(agent, 'auth0|agent');
  const at = new Date(launch.at ?? SOME_MONDAY);
  const connection = customer.connection ?? CONNECTION;
  const organizations = (customer.organizations ?? []).map(organizationOf);
  const organizationId =
    launch.organization === undefined ? undefined : organizationOf(launch.organization).id;
  const known = {
    id: customerIdSchema.parse(customer.id ?? 'auth0|customer'),
    connection,
    organizations,
    attributes: customer.attributes ?? {},
  };
  const appId = targetAppIdSchema.parse(launch.app ?? ANY_APP);
  return {
    agentId: acting.id,
    customer: {
      ...known,
      name: '',
      email: '',
      emailVerified: true,
      identityUserId: 'customer',
      otherConnections: [],
      markedProtected: customer.protected === true,
      roles: customer.protected === true ? [PROTECTED_ROLE] : [],
    },
    app: {
      id: appId,
      name: appId,
      loginUrl: 'https://app.example/login',
      loginDomain: 'login.example',
      origins: [],
      organizationUsage: 'allow',
      ways: ['delegation'],
      connections: [connection],
    },
    organizationId,
    reason: launch.reason === true ? 'given' : undefined,
    ticket: launch.ticket === true ? 'given' : undefined,
    facts: {
      agent: acting,
      customer: known,
      targetAppId: appId,
      ...(organizationId && { organizationId }),
      launchesLastHour: launch.launchesLastHour ?? 0,
      activeSessions: launch.activeSessions ?? 0,
      authAgeSeconds: launch.signedInSecondsAgo ?? INFINITELY_OLD,
      authMethods: launch.methods ?? [],
      ...(launch.authClass !== undefined && { authClass: launch.authClass }),
      ...(launch.network !== undefined && { network: launch.network }),
      ...(launch.approvedBy && { approver: agentOf(launch.approvedBy, 'auth0|approver') }),
      at,
      ...localTimeIn(file.timeZone ?? 'UTC')(at),
    },
  };
};

const sorted = (items: readonly string[]): string => items.toSorted().join(', ') || 'none';

const differencesOf = (
  { expect }: PolicyCase,
  { grant, needs, refusal, policies }: LaunchDecision,
): readonly string[] => {
  const granted = refusal ? 'nothing' : `${grant?.minutes ?? 0} minutes`;
  const wanted = expect.minutes === undefined ? 'nothing' : `${expect.minutes} minutes`;
  const pairs: readonly (readonly [string, string, string])[] = [
    ['granted', wanted, granted],
    ['refused with', expect.refused ?? 'none', refusal?.code ?? 'none'],
    ['needs', sorted(expect.needs ?? []), sorted(needs)],
    ...(expect.policies === undefined
      ? []
      : [['decided by', sorted(expect.policies), sorted(policies)] as const]),
  ];
  return pairs.flatMap(([what, expected, found]) =>
    expected === found ? [] : [`${what}: expected ${expected}, found ${found}`],
  );
};

const NOTHING_REQUIRED = { reason: { required: false }, ticket: { required: false } };

/**
 * Decides every case of a file by a company's rules, the fixed protections first, as a launch would be decided.
 * Reason and ticket are required only where the rules themselves do.
 */
export const runCases = (file: CaseFile, company: CompanyPolicy): readonly CaseResult[] => {
  const config = policyConfigSchema.parse({
    ...NOTHING_REQUIRED,
    ...(file.ladder && { ladder: file.ladder }),
    ...(file.stepUp && { stepUp: file.stepUp }),
  });
  return file.cases.map((policyCase) => {
    const launch = launchOf(file, policyCase);
    const rules = {
      paused: false,
      requirements: { reason: { required: false, minLength: 0 }, ticket: { required: false } },
      isTicket: () => true,
      protection: {
        roles: [PROTECTED_ROLE],
        customerConnections: [CONNECTION],
        linkedConnectionsAllowed: [],
      },
      limits: {},
      company: companyRules(config, file.approverRoles ?? []),
    };
    const decision = decideLaunch(launch, rules, company);
    return {
      name: policyCase.name,
      decision,
      differences: differencesOf(policyCase, decision),
    };
  });
};
