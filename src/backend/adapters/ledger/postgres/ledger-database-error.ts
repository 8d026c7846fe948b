/** The ledger's database cannot be used as it is. The message says what to do, and holds nothing from a statement. */
export class LedgerDatabaseError extends Error {
  override readonly name = 'LedgerDatabaseError';
}
