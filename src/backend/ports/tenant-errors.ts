/** The tenant does not answer in time, or answers something that is no answer. Carries no personal data. */
export class TenantUnavailableError extends Error {
  override readonly name = 'TenantUnavailableError';
}

/** The tenant's rate limit is used up for the moment. */
export class TenantBusyError extends Error {
  override readonly name = 'TenantBusyError';
}
