/** The newest row of the chain. */
export type LedgerHead = { readonly seq: number; readonly hash: string };

/** The number and hash of an appended row. The databases give numbers of eight bytes in different ways. */
export type AppendedRow = { readonly seq: number | string | bigint; readonly hash: string };

/** Runs one statement that appends a row or none, with `$1` and so on for its values; gives the rows appended. */
export type AppendStatement = (
  statement: string,
  values: (string | number | null)[],
) => Promise<{ readonly rows: readonly AppendedRow[] }>;
