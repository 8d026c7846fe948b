/** The properties that both drivers put on what a database answered with. */
const fieldOf = (error: object, name: string): string | undefined => {
  const value = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
};

/** What the codes mean that wrong addresses, names, passwords and rights lead to. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this address',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the host’s name cannot be looked up',
  ENOENT: 'there is no socket in this folder',
  '28P01': 'the password is wrong',
  '28000': 'the server does not let this role in',
  '3D000': 'there is no database of this name',
  '42501': 'the role has no right to this',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'no known authority signed the server’s certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'no known authority signed the server’s certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no known authority signed the server’s certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the server’s certificate is for another name',
};

const sentenceFor = (code: string, constraint: string | undefined): string => {
  const meaning = MEANINGS[code];
  const about = constraint === undefined ? '' : ` (${constraint})`;
  return `The database failed with ${code}${about}${meaning === undefined ? '' : `: ${meaning}`}.`;
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
    super(sentenceFor(code, constraint));
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
