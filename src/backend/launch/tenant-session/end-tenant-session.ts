import type { TenantSession } from '../../../contract/launch.ts';
import type { Ledger, RecordedLaunch } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Tenant } from '../../ports/tenant.ts';

export type SessionDependencies = {
  readonly ledger: Ledger;
  readonly tenant: Pick<Tenant, 'sessions' | 'log'>;
  readonly log: Log;
};

/** Whether nothing more can be learned or done about a session. */
export const isFinal = (verdict: TenantSession | undefined): boolean =>
  verdict === 'gone' || verdict === 'not_in_plan';

/**
 * Deletes a session of launches that are all over, if it is theirs beyond doubt: the tenant's log named
 * the launches' agent, customer and app for it, the ledger knows of no other launch that it belongs to, and
 * the session itself, read just before, is the customer's with the agent acting in it. Any other session is
 * left alone, and the verdict is `unknown`.
 * @throws {TenantUnavailableError | TenantBusyError | LedgerUnavailableError} then it is not known whether it was deleted.
 */
export const endTenantSession = async (
  { ledger, tenant, log }: SessionDependencies,
  owners: readonly RecordedLaunch[],
  sessionId: string,
): Promise<TenantSession> => {
  const ids = owners.map(({ launch }) => launch.id);
  const leaveAlone = (why: string): TenantSession => {
    log.warn('session_not_deleted', { launchId: ids.join(' '), why });
    return 'unknown';
  };
  if ((await ledger.listBySession(sessionId)).some((id) => !ids.includes(id))) {
    return leaveAlone('it belongs to another launch');
  }
  const session = await tenant.sessions.look(sessionId);
  if (session === 'gone' || session === 'not_in_plan') {
    return session;
  }
  const isTheirs = owners.every(
    ({ launch }) => session.customerId === launch.customerId && session.agentId === launch.agentId,
  );
  return isTheirs ? tenant.sessions.end(sessionId) : leaveAlone('another person is in it');
};
