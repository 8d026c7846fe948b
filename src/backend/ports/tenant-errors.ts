/** The tenant does not answer in time, or answers something that is no answer. Carries no personal data. */
export class TenantUnavailableError extends Error {
  override readonly name: string = 'TenantUnavailableError';
  /** What the agent is told. */
  readonly detail: string = 'The Auth0 tenant did not answer in time.';
}

/** The tenant does not accept the backend itself: a secret or a scope is wrong. */
export class TenantRefusesBackendError extends TenantUnavailableError {
  override readonly name = 'TenantRefusesBackendError';
  override readonly detail =
    "The Auth0 tenant refused the backend's own access; the platform team must check its credentials and scopes.";
}

/** The tenant's rate limit is used up for the moment. */
export class TenantBusyError extends Error {
  override readonly name = 'TenantBusyError';
}
