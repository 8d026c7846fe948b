import type { LaunchId, OrganizationId, TargetAppId } from '../../contract/ids.ts';
import type { LaunchCase } from '../policy/launch-decision.ts';
import { type CompanyPolicy, INFINITELY_OLD } from '../ports/company-policy.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { AgentSignIn, VerifiedActor } from '../ports/identity-provider.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';

/** What stands in the facts where no rule looks at it. */
const NOT_COUNTED = { lastHour: 0, active: 0 };

const ageSeconds = ({ signedInAt }: AgentSignIn, now: Date): number =>
  signedInAt === undefined
    ? INFINITELY_OLD
    : Math.max(0, Math.ceil((now.getTime() - signedInAt.getTime()) / 1000));

/** A launch as the company's rules see it, without what the agent wrote. */
type AskedFor = {
  readonly customer: LoadedCustomer;
  readonly targetAppId: TargetAppId;
  readonly organizationId: OrganizationId | undefined;
  /** The launches that this one replaces. */
  readonly replaces: readonly LaunchId[];
};

/** What is known of an agent whose actor token was not there to be verified: when they signed in is not. */
export const unprovenActor = (
  roles: readonly string[],
): Pick<VerifiedActor, 'roles' | 'attributes' | 'signIn'> => ({
  roles,
  attributes: {},
  signIn: { methods: [] },
});

/**
 * Gathers what the company's rules decide a launch by.
 * @throws {LedgerUnavailableError}
 */
export const gatherPolicyFacts = async (
  { ledger, clock, localTime }: Pick<LaunchDependencies, 'ledger' | 'clock' | 'localTime'>,
  { agent, agentIp }: Pick<Caller, 'agent' | 'agentIp'>,
  actor: Pick<VerifiedActor, 'roles' | 'attributes' | 'signIn'>,
  { customer, targetAppId, organizationId, replaces }: AskedFor,
  company: Pick<CompanyPolicy, 'looksAt'>,
): Promise<LaunchCase['facts']> => {
  const at = clock();
  const { lastHour, active } = company.looksAt.counts
    ? await ledger.countLaunches(agent.id, at, replaces)
    : NOT_COUNTED;
  const { authClass, methods } = actor.signIn;
  return {
    agent: { id: agent.id, roles: actor.roles, attributes: actor.attributes },
    customer: {
      id: customer.id,
      connection: customer.connection,
      organizations: customer.organizations,
      attributes: customer.attributes,
    },
    targetAppId,
    ...(organizationId && { organizationId }),
    launchesLastHour: lastHour,
    activeSessions: active,
    authAgeSeconds: ageSeconds(actor.signIn, at),
    authMethods: methods,
    ...(authClass !== undefined && { authClass }),
    ...(agentIp !== '' && { network: agentIp }),
    at,
    ...localTime(at),
  };
};
