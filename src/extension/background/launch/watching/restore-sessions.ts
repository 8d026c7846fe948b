import type { LaunchId } from '../../../../contract/ids.ts';
import type { Launch } from '../../../../contract/launch.ts';
import { ACTIVE_STATES } from '../../../../contract/launch-transitions.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { CookieStore } from '../../../browser/tabs/cookie-store.ts';
import type { SessionColor } from '../../../messages/launch/launch-status.ts';
import type { BackendClient } from '../../backend/backend-client.ts';
import type { CustomerDirectory } from '../../customers/customer-directory.ts';
import { type LaunchRecord, launchRecordSchema } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { openInOf } from '../../session/cookie-stores.ts';
import type { Leftovers } from '../../session/leftovers.ts';
import type { KeptSessions } from '../../session/remembered/kept-sessions.ts';
import type { UnreportedEnds } from '../../session/remembered/unreported-ends.ts';
import type { ApplyBackendNews } from './apply-backend-news.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly launches: Launches;
  readonly keptSessions: KeptSessions;
  readonly unreportedEnds: Pick<UnreportedEnds, 'includes' | 'forget'>;
  readonly leftovers: Pick<Leftovers, 'openedBySomebodyElse'>;
  readonly applyBackendNews: ApplyBackendNews;
  readonly directory: Pick<CustomerDirectory, 'details' | 'organizationName'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly chooseColor: (targetAppId: string) => Promise<SessionColor>;
  readonly now: () => number;
};

/** The organization's name, which the backend tells with the customer; its id where it does not. */
const nameOrganization = async (
  { customerId, organizationId }: Launch,
  directory: Dependencies['directory'],
): Promise<string | undefined> => {
  if (organizationId === undefined) {
    return undefined;
  }
  if (directory.organizationName(organizationId) === undefined) {
    await directory.details(customerId);
  }
  return directory.organizationName(organizationId) ?? organizationId;
};

const recordOf = (
  launch: Launch,
  organizationName: string | undefined,
  app: TargetApp | undefined,
  cookieStore: CookieStore | undefined,
  color: SessionColor,
): LaunchRecord =>
  launchRecordSchema.parse({
    ...launch,
    // The backend may not know yet that the tab was opened; a token that was issued may be in use.
    state: launch.state === 'issued' ? 'opened' : launch.state,
    landedBy: launch.landedBy ?? (launch.state === 'landed' ? 'tab' : undefined),
    ambiguous: launch.ambiguous ? true : undefined,
    customerName: launch.customerName ?? launch.customerId,
    targetAppName: app?.name ?? launch.targetAppId,
    organizationName,
    request: {
      organizationId: launch.organizationId,
      reason: launch.reason,
      ticket: launch.ticket,
    },
    ...(cookieStore !== undefined && {
      cookieStore,
      openIn: openInOf(cookieStore),
      restored: true,
    }),
    color,
    tab: 'unknown',
    landing: 'unwatched',
    dismissed: true,
  });

/**
 * Brings back the agent's own sessions that the backend still counts as active, after a browser restart or in
 * a second browser. Their tabs are unknown, and one of this browser is a leftover until somebody sees it.
 * What this browser knows itself is kept; one that it has signed out is ended, not brought back; a container
 * whose session is over is removed.
 */
export const restoreActiveSessions = async (
  dependencies: Dependencies,
  agentId: string,
): Promise<void> => {
  const { client, launches, keptSessions, now } = dependencies;
  const answer = await client('launches', { query: { state: 'active' } });
  if (!answer.ok) {
    return;
  }
  for (const launch of answer.value.launches) {
    if (launch.agentId !== agentId) {
      continue;
    }
    if (await launches.find(launch.id)) {
      await dependencies.applyBackendNews(launch);
    } else if (await dependencies.unreportedEnds.includes(launch.id)) {
      await reportEnd(dependencies, launch.id);
    } else if (ACTIVE_STATES.includes(launch.state)) {
      const app = await dependencies.findApp(launch.targetAppId);
      const cookieStore = (await keptSessions.find(launch.id))?.cookieStore;
      const color = await dependencies.chooseColor(launch.targetAppId);
      const organizationName = await nameOrganization(launch, dependencies.directory);
      await launches.restore(recordOf(launch, organizationName, app, cookieStore, color));
    }
  }
  const known = (await launches.all()).map(({ id }) => id);
  await noteSomebodyElses(dependencies, known);
  await keptSessions.forgetOthers(
    (await launches.active()).map(({ id }) => id),
    now(),
  );
};

/** Has the backend end a launch; one that it does not hear of is ended the next time sessions are brought back. */
const reportEnd = async ({ client, unreportedEnds }: Dependencies, id: LaunchId): Promise<void> => {
  const answer = await client('endLaunch', { params: { id } });
  if (answer.ok) {
    await unreportedEnds.forget(id);
  }
};

/** Asks about kept launches that are not among this agent's: those that the backend hides are another agent's. */
const noteSomebodyElses = async (
  { client, keptSessions, leftovers }: Dependencies,
  known: readonly LaunchId[],
): Promise<void> => {
  const hidden: LaunchId[] = [];
  for (const { launchId } of await keptSessions.all()) {
    if (known.includes(launchId)) {
      continue;
    }
    const answer = await client('launch', { params: { id: launchId } });
    if (!answer.ok && answer.problem.code === 'launch_not_found') {
      hidden.push(launchId);
    }
  }
  await leftovers.openedBySomebodyElse(hidden);
};
