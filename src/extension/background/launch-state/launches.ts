import * as z from 'zod/mini';
import type { LaunchId } from '../../../contract/ids.ts';
import type { LaunchState } from '../../../contract/launch-state.ts';
import {
  isFinal,
  type LaunchTransitionEvent,
  leadsTo,
  stateAfter,
} from '../../../contract/launch-transitions.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { CookieStore } from '../../browser/tabs/cookie-store.ts';
import { loginDomainOrigin } from '../../messages/session/login-domain.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import {
  type LaunchFacts,
  type LaunchRecord,
  launchRecordSchema,
  type NotedFacts,
  type RequestedLaunch,
} from './launch-record.ts';
import { isActive, standingOf } from './standing.ts';

/** What each event says besides that it happened. */
type EventFacts = {
  readonly [Event in LaunchTransitionEvent]: Event extends 'refused' | 'failed'
    ? Required<Pick<LaunchFacts, 'problem'>> & NotedFacts
    : Event extends 'landed'
      ? Required<Pick<LaunchFacts, 'landedBy'>> & NotedFacts
      : NotedFacts;
};

/** A tab, as far as the browser tells about it. */
export type SeenTab = {
  readonly id: number | undefined;
  readonly url: string | undefined;
  readonly store: CookieStore;
};

/** The launches of this browser session, newest first. Every change goes through here, one after the other. */
export type Launches = {
  readonly all: () => Promise<readonly LaunchRecord[]>;
  readonly find: (id: LaunchId) => Promise<LaunchRecord | undefined>;
  /** Those that have a customer's session, or may have one. */
  readonly active: () => Promise<readonly LaunchRecord[]>;
  /** The active launch that a tab is in: the one that opened it, else the newest one at its page. */
  readonly ofTab: (tab: SeenTab) => Promise<LaunchRecord | undefined>;
  /** The active launches of a cookie store whose app, or its login domain, is at an origin. */
  readonly at: (cookieStore: CookieStore, origin: string) => Promise<readonly LaunchRecord[]>;
  /**
   * Tells whether a launch is what its app shows in its cookie store: it is active, and no later one is there
   * or on its way there.
   */
  readonly isInPlace: (record: LaunchRecord) => Promise<boolean>;
  /** Tells whether a later launch into its app and cookie store was asked for, whatever became of that. */
  readonly isOvertaken: (record: LaunchRecord) => Promise<boolean>;
  /** Keeps a launch that was just asked for. */
  readonly begin: (record: RequestedLaunch) => Promise<LaunchRecord>;
  /** Keeps a launch of an earlier browser session, or of another browser, as the backend told of it. */
  readonly restore: (record: LaunchRecord) => Promise<LaunchRecord>;
  /**
   * Takes an event that happened to a launch, by the contract's table, and gives the launch as it is then;
   * `undefined` when the event cannot happen in the launch's state, and changes nothing.
   */
  readonly advance: <Event extends LaunchTransitionEvent>(
    id: LaunchId,
    event: Event,
    facts: EventFacts[Event],
  ) => Promise<LaunchRecord | undefined>;
  /**
   * Takes over the state that the backend told of: one that events lead to which only the backend saw, or a
   * final one, after which nothing can have happened that was thought to have happened here.
   */
  readonly follow: (
    id: LaunchId,
    state: LaunchState,
    facts: NotedFacts,
  ) => Promise<LaunchRecord | undefined>;
  /** Notes what is no event: the state stays, and facts that the state does not have are dropped. */
  readonly note: (id: LaunchId, facts: NotedFacts) => Promise<LaunchRecord | undefined>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
  /** Called after each change of a launch that is not ending. */
  readonly onChange: () => void;
  /** Called after each change of a launch that is ending, or over. */
  readonly onEnding: () => void;
};

const MAX_FINISHED = 20;

const byAge = (one: LaunchRecord, other: LaunchRecord): number =>
  Date.parse(other.requestedAt) - Date.parse(one.requestedAt);

/** Puts a launch in the place of an earlier version of it, else in front. */
const withRecord = (
  records: readonly LaunchRecord[],
  record: LaunchRecord,
): readonly LaunchRecord[] =>
  records.some(({ id }) => id === record.id)
    ? records.map((other) => (other.id === record.id ? record : other))
    : [record, ...records];

/**
 * Makes {@link Launches}; active ones are always kept, of the rest the newest twenty. What is final is stored apart: a
 * launch under way is stored before the backend is asked for it, and to store twenty others with it takes as long again.
 */
export const createLaunches = ({
  session,
  findApp,
  now,
  onChange,
  onEnding,
}: Dependencies): Launches => {
  const records = z.array(launchRecordSchema);
  const storedOpen = storedValue(session, 'launches', records);
  const storedFinal = storedValue(session, 'finalLaunches', records);
  const serial = createSerial();

  /** A worker that stopped between two writes left a launch in both places; it is final then. */
  const read = async () => {
    const [open, final] = await Promise.all([storedOpen.read(), storedFinal.read()]);
    const finalIds = new Set(final?.map(({ id }) => id));
    return { open: (open ?? []).filter(({ id }) => !finalIds.has(id)), final: final ?? [] };
  };
  const all = async (): Promise<readonly LaunchRecord[]> => {
    const { open, final } = await read();
    return [...open, ...final].sort(byAge);
  };
  const active = async () => (await all()).filter((record) => isActive(record, now()));
  const find: Launches['find'] = async (id) => (await all()).find((record) => record.id === id);

  const isKept = (record: LaunchRecord, index: number): boolean =>
    index < MAX_FINISHED || isActive(record, now());

  const write = async (record: LaunchRecord): Promise<LaunchRecord> => {
    const { open, final } = await read();
    if (isFinal(record.state)) {
      await storedFinal.write(withRecord(final, record).filter(isKept));
      if (open.some(({ id }) => id === record.id)) {
        await storedOpen.write(open.filter(({ id }) => id !== record.id));
      }
    } else {
      await storedOpen.write(withRecord(open, record).filter(isKept));
    }
    const isEnding = ['ending', 'over'].includes(standingOf(record, now()));
    (isEnding ? onEnding : onChange)();
    return record;
  };

  /** The launches into the app and the cookie store of a launch that were asked for after it. */
  const laterThan = async (record: LaunchRecord): Promise<readonly LaunchRecord[]> =>
    (await all()).filter(
      (other) =>
        other.targetAppId === record.targetAppId &&
        other.cookieStore !== undefined &&
        other.cookieStore === record.cookieStore &&
        Date.parse(other.requestedAt) > Date.parse(record.requestedAt),
    );

  const change = async (
    record: LaunchRecord,
    state: LaunchRecord['state'],
    facts: NotedFacts,
  ): Promise<LaunchRecord> => {
    const changed = launchRecordSchema.parse({ ...record, ...facts, state });
    const isSame = JSON.stringify(changed) === JSON.stringify(launchRecordSchema.parse(record));
    return isSame ? record : write(changed);
  };

  const at: Launches['at'] = async (cookieStore, origin) => {
    const found: LaunchRecord[] = [];
    for (const record of await active()) {
      const app =
        record.cookieStore === cookieStore ? await findApp(record.targetAppId) : undefined;
      if (app && [...app.origins, loginDomainOrigin(app)].includes(origin)) {
        found.push(record);
      }
    }
    return found;
  };

  return {
    all,
    find,
    active,
    at,
    ofTab: async ({ id, url, store }) => {
      const opened = (await active()).find(({ tabId }) => tabId !== undefined && tabId === id);
      const origin = url === undefined ? undefined : URL.parse(url)?.origin;
      return opened ?? (origin === undefined ? undefined : (await at(store, origin))[0]);
    },
    isInPlace: async (record) => {
      const isThereSoon = (other: LaunchRecord) =>
        isActive(other, now()) || standingOf(other, now()) === 'launching';
      return isActive(record, now()) && !(await laterThan(record)).some(isThereSoon);
    },
    isOvertaken: async (record) => (await laterThan(record)).length > 0,
    begin: (record) => serial(() => write(record)),
    restore: (record) => serial(() => write(record)),
    advance: (id, event, facts) =>
      serial(async () => {
        const record = await find(id);
        const state = record && stateAfter(record.state, event);
        return record && state && change(record, state, facts);
      }),
    follow: (id, state, facts) =>
      serial(async () => {
        const record = await find(id);
        const isPossible = record && (leadsTo(record.state, state) || isFinal(state));
        return isPossible ? change(record, state, facts) : undefined;
      }),
    note: (id, facts) =>
      serial(async () => {
        const record = await find(id);
        return record && change(record, record.state, facts);
      }),
  };
};
