import type { LaunchEvent } from '../../../contract/launch-request.ts';
import type { LaunchState } from '../../../contract/launch-state.ts';
import { ACTIVE_STATES } from '../../../contract/launch-transitions.ts';
import type { AppProbe } from '../../ports/app-probe.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CustomerDirectory } from '../../ports/customer-directory.ts';
import type { Ledger, RecordedLaunch } from '../../ports/ledger.ts';
import type { CatalogedApp, Tenant, TenantLogEntry } from '../../ports/tenant.ts';
import type { DiagnosisFacts } from './facts.ts';

const TYPES = ['f', 'w', 'fdeleacft', 'fdelsa', 'sdel'];

/** The states of a launch whose session may be in the agent's browser. */
const SHOWN_STATES: readonly LaunchState[] = ACTIVE_STATES.filter((state) => state !== 'issued');

export type FactSources = {
  readonly ledger: Pick<Ledger, 'findLaunch' | 'listLaunches'>;
  readonly customers: Pick<CustomerDirectory, 'load'>;
  readonly tenant: Tenant;
  readonly probeApp: AppProbe;
  /** Whether the tenant cannot see an agent at this address. */
  readonly addressIsHidden: (address: string) => boolean;
  readonly clock: Clock;
};

/** What could not be found out is no fact; the diagnosis goes on without it. */
const orUnknown = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch {
    // A tenant that does not answer must not hide what is known otherwise.
    return undefined;
  }
};

const otherSessionsOf = async (
  { ledger, clock }: FactSources,
  apps: readonly CatalogedApp[],
  { launch }: RecordedLaunch,
): Promise<number> => {
  const domainOf = (id: string) => apps.find((app) => app.id === id)?.loginDomain;
  const domain = domainOf(launch.targetAppId);
  const active = await ledger.listLaunches({ agentId: launch.agentId, activeAt: clock() });
  return active.filter(
    ({ id, targetAppId, state }) =>
      id !== launch.id && SHOWN_STATES.includes(state) && domainOf(targetAppId) === domain,
  ).length;
};

/** Collects what a diagnosis needs, all at once. */
export const collectFacts = async (
  sources: FactSources,
  recorded: RecordedLaunch,
  event: LaunchEvent,
): Promise<DiagnosisFacts> => {
  const { launch, issuedAt, agentIp } = recorded;
  const { tenant } = sources;
  // Without a margin for the tenant's clock: what an attempt seconds ago failed at is no evidence here.
  const since = issuedAt ?? new Date(launch.requestedAt);
  const concernsApp = ({ clientId }: TenantLogEntry) =>
    clientId === undefined || clientId === launch.targetAppId;
  const apps = (await orUnknown(tenant.apps.list())) ?? [];
  const app = apps.find(({ id }) => id === launch.targetAppId);
  const [
    settings,
    customer,
    requestingConnections,
    organization,
    log,
    appReachable,
    otherSessions,
  ] = await Promise.all([
    orUnknown(tenant.settings.ofApp(launch.targetAppId)),
    orUnknown(sources.customers.load(launch.customerId)),
    orUnknown(tenant.settings.requestingConnections()),
    launch.organizationId
      ? orUnknown(
          tenant.settings
            .organizationConnections(launch.organizationId)
            .then((connections) => connections ?? null),
        )
      : undefined,
    orUnknown(tenant.log.search({ types: TYPES, since })),
    app && sources.probeApp(app.loginUrl),
    otherSessionsOf(sources, apps, recorded),
  ]);
  return {
    recorded,
    event,
    app,
    settings,
    customer,
    requestingConnections,
    organizationConnections: organization,
    appLog: log?.entries.filter(concernsApp),
    appReachable,
    otherSessions,
    agentAddressIsHidden: agentIp !== undefined && sources.addressIsHidden(agentIp),
  };
};
