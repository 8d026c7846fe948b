import { databaseErrorOf } from '../database-error.ts';

/** The ledger's database cannot be used as it is. The message says what to do, and holds nothing from a statement. */
export class LedgerDatabaseError extends Error {
  override readonly name = 'LedgerDatabaseError';
}

/** Says of whatever a driver threw that the database cannot be used, and why. */
export const asLedgerDatabaseError = (error: unknown): LedgerDatabaseError => {
  if (error instanceof LedgerDatabaseError) {
    return error;
  }
  const cause = databaseErrorOf(error);
  return new LedgerDatabaseError(`The ledger's database cannot be used: ${cause.message}`, {
    cause,
  });
};
