/** The properties that both drivers put on what a database answered with. */
const fieldOf = (error: object, name: string): string | undefined => {
  const value = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
};

/**
 * What a database refused or broke with, without a word of the statement, its parameters or the row it was about:
 * drivers put all three into their errors.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE, or the system's code of a connection that failed. */
  readonly code: string;
  readonly constraint: string | undefined;
  constructor(code: string, constraint: string | undefined) {
    super(`The database failed with ${code}${constraint === undefined ? '' : ` (${constraint})`}.`);
    this.code = code;
    this.constraint = constraint;
  }
}

/** Makes a {@link DatabaseError} of whatever a driver threw, looking at its causes. */
export const databaseErrorOf = (error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) {
    return error;
  }
  if (typeof error !== 'object' || error === null) {
    return new DatabaseError('unknown', undefined);
  }
  const code = fieldOf(error, 'code');
  if (code !== undefined) {
    return new DatabaseError(code, fieldOf(error, 'constraint'));
  }
  if (error instanceof Error && error.cause !== undefined) {
    return databaseErrorOf(error.cause);
  }
  return new DatabaseError(error instanceof Error ? error.name : 'unknown', undefined);
};
