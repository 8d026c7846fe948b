import { createReadStream } from 'node:fs';
import { type LedgerRow, ledgerRowSchema } from '../../../../contract/ledger.ts';
import { parseCanonicalJson } from './canonical-json.ts';

/** A file is not an export of the ledger as it was written. The message names the line. */
export class LedgerExportError extends Error {
  override readonly name = 'LedgerExportError';
}

/** Many times what the longest row takes, and a page of launches: without it any large file would have to fit in memory. */
const MAX_LINE_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads lines of UTF-8 that end in a line feed and in nothing else: in JSON, the other characters that some
 * readers break lines at are ordinary text.
 * @throws {TypeError} for what is not UTF-8.
 * @throws {LedgerExportError} when the last line has no end, or one is too long.
 */
export const linesOf = async function* (text: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of text) {
    const [end = '', ...lines] = decoder.decode(chunk as Buffer, { stream: true }).split('\n');
    rest += end;
    for (const line of lines) {
      yield rest;
      rest = line;
    }
    if (rest.length > MAX_LINE_CHARACTERS) {
      throw new LedgerExportError('A line is longer than any row of a ledger.');
    }
  }
  rest += decoder.decode();
  if (rest !== '') {
    throw new LedgerExportError('The last line is cut off.');
  }
};

const asExportError = (error: unknown, line: number): Error =>
  error instanceof TypeError
    ? new LedgerExportError(`Line ${line} or a later one is not UTF-8 text.`, { cause: error })
    : (error as Error);

/**
 * Reads one line of an export.
 * @throws {LedgerExportError} naming the line.
 */
export const asRow = (text: string, line: number): LedgerRow => {
  const row = ledgerRowSchema.safeParse(parseCanonicalJson(text));
  if (!row.success) {
    throw new LedgerExportError(`Line ${line} is not a row as the ledger exports it.`);
  }
  return row.data;
};

/**
 * Reads an export row by row. Accepts the exact text that the export writes: a line that is blank, that
 * is not UTF-8, or that names a key twice or one that is not known, is no row of the ledger.
 * @throws {LedgerExportError} naming the line.
 */
export const rowsOfExport = async function* (path: string): AsyncGenerator<LedgerRow> {
  let line = 0;
  const lines = linesOf(createReadStream(path));
  for (;;) {
    line += 1;
    const next = await lines.next().catch((error: unknown) => {
      throw asExportError(error, line);
    });
    if (next.done) {
      return;
    }
    yield asRow(next.value, line);
  }
};
