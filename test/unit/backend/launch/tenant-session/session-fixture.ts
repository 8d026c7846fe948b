import { vi } from 'vitest';
import type { Caller } from '../../../../../src/backend/launch/dependencies.ts';
import { endLaunch } from '../../../../../src/backend/launch/end-launch.ts';
import { reportEvent } from '../../../../../src/backend/launch/report-event.ts';
import { requestLaunch } from '../../../../../src/backend/launch/request-launch.ts';
import { createLogFollower } from '../../../../../src/backend/launch/tenant-session/follow-log.ts';
import type {
  LogSearch,
  SessionEnd,
  SessionLook,
  TenantLogEntry,
} from '../../../../../src/backend/ports/tenant.ts';
import type { LaunchId } from '../../../../../src/contract/ids.ts';
import type { LaunchEvent, LaunchRequest } from '../../../../../src/contract/launch-request.ts';
import { createFakeTenant } from '../../fake-tenant.ts';
import { AGENT, APP, agentId, CUSTOMER, launchId, NOW, REQUEST } from '../../fixtures.ts';
import { CALLER, createLaunchFixture } from '../launch-fixture.ts';

export const SUPERVISOR: Caller = {
  ...CALLER,
  agent: { id: agentId('auth0|supervisor'), permissions: ['end:launches'] },
};

/** What a tenant of the sort that writes only the actor's `sub` logs of a delegated login. */
const ENTRY: TenantLogEntry = {
  id: 'log-0',
  type: 'sdel',
  at: NOW,
  clientId: APP.id,
  customerId: CUSTOMER.id,
  ip: CALLER.agentIp,
  actor: { sub: AGENT.id },
};

const isNewer = (a: TenantLogEntry, b: TenantLogEntry) => b.at.getTime() - a.at.getTime();

/** Launches against a tenant with sessions and a log, and a clock that only tests move. */
export const createSessionFixture = ({
  sessionMetadata = false,
  pageSize = 100,
  holdsDuty = true,
} = {}) => {
  let now = NOW.getTime();
  const clock = () => new Date(now);
  const log: TenantLogEntry[] = [];
  const sessions = new Map<string, Exclude<SessionLook, string>>();
  const search = vi.fn(async ({ types, since, until }: LogSearch) => {
    const fitting = log
      .filter(({ type, at }) => types.includes(type) && at >= since && (!until || at <= until))
      .toSorted(isNewer);
    return { entries: fitting.slice(0, pageSize), more: fitting.length >= pageSize };
  });
  const look = vi.fn(async (id: string): Promise<SessionLook> => sessions.get(id) ?? 'gone');
  const end = vi.fn(async (id: string): Promise<SessionEnd> => {
    sessions.delete(id);
    return 'gone';
  });
  const { deps, entries, askTenant } = createLaunchFixture({
    clock,
    tenant: createFakeTenant({ log: { search }, sessions: { look, end } }),
  });
  const ledger = { ...deps.ledger, holdDuty: async () => holdsDuty };
  const { look: follow } = createLogFollower({ ...deps, ledger, sessionMetadata });
  const idOf = (n: number) => launchId(`3f0f6f0c-6d53-4a0e-9f5e-${String(n).padStart(12, '0')}`);
  let launches = 0;

  return {
    deps,
    entries,
    askTenant,
    sessions,
    search,
    look,
    end,
    follow,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    /** Asks for a launch; the next one has the next id. */
    launch: async (changes: Partial<LaunchRequest> = {}, caller = CALLER): Promise<LaunchId> => {
      launches += 1;
      const id = idOf(launches);
      await requestLaunch(deps, caller, { ...REQUEST, id, ...changes });
      return id;
    },
    report: (id: LaunchId, type: LaunchEvent['type']) =>
      reportEvent(deps, CALLER, id, { type, occurredAt: clock().toISOString() }),
    finish: (id: LaunchId, caller = CALLER) => endLaunch(deps, caller, id),
    /** Redeems a token at the tenant: a session begins, and the log has its entry. */
    redeem: (sessionId: string, changes: Partial<TenantLogEntry> = {}) => {
      sessions.set(sessionId, { customerId: CUSTOMER.id, agentId: AGENT.id });
      log.push({ ...ENTRY, id: `log-${log.length + 1}`, at: clock(), sessionId, ...changes });
    },
    stateOf: async (id: LaunchId) => (await deps.ledger.findLaunch(id))?.launch,
    rowsOf: (id: LaunchId) => entries.filter((row) => 'launchId' in row && row.launchId === id),
  };
};
