import type { LaunchId } from '../../../../contract/ids.ts';
import { stateAfter } from '../../../../contract/launch-transitions.ts';
import type { BackendClient } from '../../backend/backend-client.ts';
import { POLL_MILLISECONDS } from '../../durations.ts';
import { type LaunchRecord, problemOf } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { isLookedFor, standingOf } from '../../launch-state/standing.ts';
import { endVerdict } from '../../session/ending/end-verdict.ts';
import type { ApplyBackendNews } from './apply-backend-news.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly launches: Pick<Launches, 'all' | 'find' | 'active' | 'note'>;
  readonly applyBackendNews: ApplyBackendNews;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Asks the backend what the tenant's log says about launches. Nothing here rejects. */
export type BackendPolling = {
  /** Asks again and again until the tenant's log has said something; once for a launch at a time. */
  readonly watch: (record: LaunchRecord) => Promise<void>;
  /** Asks once about a launch. */
  readonly ask: (id: LaunchId) => Promise<void>;
  /** Asks once about every session that is open, may still be found, or whose end is not verified yet. */
  readonly askAboutAll: () => Promise<void>;
};

/** Until when the tenant's log is searched for a session of a launch that has no token. */
const NEVER = new Date(0).toISOString();

/** Tells whether the tenant's log has something to say yet; also of a tab that nobody saw being opened. */
const isUndecided = (record: LaunchRecord): boolean => {
  const wasStopped = record.state === 'interrupted' || problemOf(record) !== undefined;
  const event = wasStopped ? 'confirmed' : 'unconfirmed';
  return stateAfter(record.state, event) !== undefined;
};

/** Makes {@link BackendPolling}. The state comes from the backend alone: a tab proves nothing about who is in it. */
export const createBackendPolling = (dependencies: Dependencies): BackendPolling => {
  const { client, launches, applyBackendNews, delay, now } = dependencies;
  const watched = new Set<LaunchId>();

  const ask = async (id: LaunchId): Promise<void> => {
    const answer = await client('launch', { params: { id } });
    if (answer.ok) {
      await applyBackendNews(answer.value);
    } else if (answer.problem.code === 'launch_not_found') {
      // The worker stopped before the backend heard of the launch: there is no token and nothing to look for.
      await launches.note(id, { lookDueUntil: NEVER });
    }
  };

  const isWorthAsking = (record: LaunchRecord): boolean =>
    standingOf(record, now()) !== 'over' || isLookedFor(record, now());

  const askUntilDecided = async (id: LaunchId): Promise<void> => {
    for (const wait of POLL_MILLISECONDS) {
      await delay(wait);
      const record = await launches.find(id);
      if (!record || !isUndecided(record) || !isWorthAsking(record)) {
        return;
      }
      await ask(id);
    }
  };

  /** Ending what has ended changes nothing, but the answer says whether the session has been found since. */
  const askAboutEnd = async (record: Extract<LaunchRecord, { state: 'ended' }>): Promise<void> => {
    const answer = await client('endLaunch', { params: { id: record.id } });
    if (answer.ok) {
      const browser = record.verdict?.browser ?? 'not_reached';
      const verdict = endVerdict({ tenant: answer.value.tenantSession, browser });
      await launches.note(record.id, { verdict });
    }
  };

  return {
    ask,
    watch: async (record) => {
      const { id } = record;
      if (watched.has(id) || !isUndecided(record)) {
        return;
      }
      watched.add(id);
      await askUntilDecided(id).finally(() => watched.delete(id));
    },
    askAboutAll: async () => {
      const active = (await launches.active()).map(({ id }) => id);
      const known = await launches.all();
      const lookedFor = known.filter((record) => isLookedFor(record, now())).map(({ id }) => id);
      const ended = known.flatMap((record) =>
        record.state === 'ended' && standingOf(record, now()) === 'ending'
          ? [askAboutEnd(record)]
          : [],
      );
      await Promise.all([...[...new Set([...active, ...lookedFor])].map(ask), ...ended]);
    },
  };
};
