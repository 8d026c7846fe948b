import { SearchSupersededError } from '../ports/customer-directory.ts';
import { LedgerUnavailableError } from '../ports/ledger.ts';
import { TenantBusyError, TenantUnavailableError } from '../ports/tenant-errors.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What an agent is told of an error that was thrown while their request was served. */
export const refusalOfError = (error: unknown): Refusal => {
  if (error instanceof LedgerUnavailableError) {
    return refuse('ledger_unavailable', 'The ledger cannot be written or read.');
  }
  if (error instanceof SearchSupersededError) {
    return refuse('search_superseded', 'You searched for something else meanwhile.');
  }
  if (error instanceof TenantBusyError) {
    return refuse('rate_limited', "The tenant's rate limit is used up for the moment.");
  }
  if (error instanceof TenantUnavailableError) {
    return refuse('tenant_unavailable', error.detail);
  }
  return refuse('internal', 'The request could not be served.');
};
