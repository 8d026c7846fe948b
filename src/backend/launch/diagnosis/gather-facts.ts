import type { LaunchEvent } from '../../../contract/launch-request.ts';
import type { AppProbe } from '../../ports/app-probe.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CustomerDirectory } from '../../ports/customer-directory.ts';
import type { Ledger, RecordedLaunch } from '../../ports/ledger.ts';
import type { CatalogedApp, Tenant, TenantLogEntry } from '../../ports/tenant.ts';
import type { DiagnosisFacts } from './facts.ts';

/** The tenant's clock may be behind ours by this much. */
const CLOCK_MARGIN_MILLISECONDS = 5_000;
const TYPES = ['f', 'w', 'fdeleacft', 'fdelsa', 'sdel'];

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
      id !== launch.id && state !== 'issued' && domainOf(targetAppId) === domain,
  ).length;
};

/** Collects what a diagnosis needs, all at once. */
export const gatherFacts = async (
  sources: FactSources,
  recorded: RecordedLaunch,
  event: LaunchEvent,
): Promise<DiagnosisFacts> => {
  const { launch, issuedAt, agentIp } = recorded;
  const { tenant } = sources;
  const since = new Date(
    (issuedAt?.getTime() ?? Date.parse(launch.requestedAt)) - CLOCK_MARGIN_MILLISECONDS,
  );
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
    orUnknown(tenant.log.entriesSince(since, TYPES)),
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
    appLog: log?.filter(concernsApp),
    appReachable,
    otherSessions,
    agentAddressIsHidden: agentIp !== undefined && sources.addressIsHidden(agentIp),
  };
};
