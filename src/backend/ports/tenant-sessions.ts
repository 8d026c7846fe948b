/** What became of ending a session at the tenant: gone, still there, or not to be told on this plan. */
export type SessionEnd = 'gone' | 'still_there' | 'not_in_plan';

/**
 * The tenant's sessions.
 * @throws {TenantUnavailableError | TenantBusyError}
 */
export type TenantSessions = {
  /** Deletes a session and looks whether it is gone. One that does not exist is gone. */
  readonly end: (sessionId: string) => Promise<SessionEnd>;
};
