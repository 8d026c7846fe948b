import type { Launch } from '../../../contract/launch.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { EndSession } from '../session/end-session.ts';

const UNSURE: readonly LaunchRecord['state'][] = ['opened', 'landed', 'unconfirmed'];
const WITH_SESSION: readonly LaunchRecord['state'][] = [...UNSURE, 'confirmed'];

/** What the backend's word changes about a launch of this browser; an empty object when nothing. */
export const changeByBackend = (record: LaunchRecord, launch: Launch): Partial<LaunchRecord> => {
  const ends = launch.sessionEndsAt === undefined ? {} : { sessionEndsAt: launch.sessionEndsAt };
  const { state, diagnosis } = launch;
  if (state === 'not_landed' && record.state === 'not_landed' && diagnosis && !record.diagnosis)
    return { diagnosis };
  // The tenant's log is surer than what was seen of a tab.
  if (state === 'confirmed' && [...UNSURE, 'not_landed'].includes(record.state))
    return { state, diagnosis: undefined, problem: undefined, ...ends };
  if (state === 'unconfirmed' && (record.state === 'opened' || record.state === 'landed'))
    return { state, ...ends };
  if (state === 'ended' && WITH_SESSION.includes(record.state) && !record.ending)
    return { state, cause: launch.cause, dismissed: false };
  return {};
};

/**
 * Takes over what the backend says of a launch: confirmed by the tenant's log, diagnosed, ended by somebody
 * else. A session of this browser that somebody else ended is ended here too, app and tabs included.
 */
export const createAdoptLaunch =
  (store: Pick<LaunchStore, 'find' | 'change'>, endSession: EndSession) =>
  async (launch: Launch): Promise<void> => {
    const record = await store.find(launch.id);
    if (!record) return;
    const changed = changeByBackend(record, launch);
    // Not waited for: ending reports, and a report may be what brought the news.
    if (changed.cause && record.store !== undefined) void endSession(launch.id, changed.cause);
    else if (Object.keys(changed).length > 0) await store.change(launch.id, changed);
  };
