import type { Launch } from '../../contract/launch.ts';
import type { TargetApp } from '../../contract/target-app.ts';
import type { BackendClient } from './backend-client.ts';
import type { LaunchRecord } from './launch-record.ts';
import type { LaunchStore } from './launch-store.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly store: LaunchStore;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

const recordOf = (launch: Launch, app: TargetApp | undefined): LaunchRecord => ({
  id: launch.id,
  // The backend may not know yet that the tab was opened; a token that was issued may be in use.
  state: launch.state === 'issued' ? 'opened' : launch.state,
  customerId: launch.customerId,
  customerName: launch.customerName ?? launch.customerId,
  targetAppId: launch.targetAppId,
  targetAppName: app?.name ?? launch.targetAppId,
  requestedAt: launch.requestedAt,
  ...(launch.sessionEndsAt === undefined ? {} : { sessionEndsAt: launch.sessionEndsAt }),
  landing: 'unwatched',
  dismissed: true,
});

/**
 * Brings back the agent's own sessions that the backend still counts as active, after a browser
 * restart or in a second browser. Their tabs are unknown. What this browser knows itself is kept.
 */
export const restoreActiveSessions = async (
  { client, store, findApp }: Dependencies,
  agentId: string,
): Promise<void> => {
  const answer = await client('launches', { query: { state: 'active' } });
  if (!answer.ok) return;
  for (const launch of answer.value.launches) {
    if (launch.agentId !== agentId || launch.state === 'requested') continue;
    if (await store.find(launch.id)) continue;
    await store.put(recordOf(launch, await findApp(launch.targetAppId)));
  }
};
