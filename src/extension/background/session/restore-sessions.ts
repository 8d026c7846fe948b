import type { Launch } from '../../../contract/launch.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { CookieStore } from '../../browser/cookie-store.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { type LaunchRecord, mayHaveSession } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import { openInOf, type SessionStores } from './cookie-stores.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly store: LaunchStore;
  readonly sessionStores: Pick<SessionStores, 'of' | 'keepOnly'>;
  readonly adopt: (launch: Launch) => Promise<void>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

const recordOf = (
  launch: Launch,
  app: TargetApp | undefined,
  cookieStore: CookieStore | undefined,
): LaunchRecord => ({
  id: launch.id,
  // The backend may not know yet that the tab was opened; a token that was issued may be in use.
  state: launch.state === 'issued' ? 'opened' : launch.state,
  customerId: launch.customerId,
  customerName: launch.customerName ?? launch.customerId,
  targetAppId: launch.targetAppId,
  targetAppName: app?.name ?? launch.targetAppId,
  requestedAt: launch.requestedAt,
  ...(launch.sessionEndsAt === undefined ? {} : { sessionEndsAt: launch.sessionEndsAt }),
  ...(cookieStore === undefined ? {} : { store: cookieStore, openIn: openInOf(cookieStore) }),
  landing: 'unwatched',
  dismissed: true,
});

/**
 * Brings back the agent's own sessions that the backend still counts as active, after a browser
 * restart or in a second browser. Their tabs are unknown. What this browser knows itself is kept; a
 * container whose session is over is removed.
 */
export const restoreActiveSessions = async (
  { client, store, sessionStores, adopt, findApp }: Dependencies,
  agentId: string,
): Promise<void> => {
  const answer = await client('launches', { query: { state: 'active' } });
  if (!answer.ok) return;
  for (const launch of answer.value.launches) {
    if (launch.agentId !== agentId || launch.state === 'requested') continue;
    if (await store.find(launch.id)) {
      await adopt(launch);
      continue;
    }
    const app = await findApp(launch.targetAppId);
    await store.put(recordOf(launch, app, await sessionStores.of(launch.id)));
  }
  const live = (await store.all()).filter(mayHaveSession);
  await sessionStores.keepOnly(live.map(({ id }) => id));
};
