import { existsSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { getTableColumns } from 'drizzle-orm';
import { LedgerUnavailableError } from '../../../ports/ledger.ts';
import type { RecordedReading } from '../../../ports/standalone-row.ts';
import type { LaunchPage, StoredLaunch } from '../launches/compare-launches.ts';
import { asRow, linesOf } from '../rows/ledger-export.ts';
import { launchesTable } from '../schema.ts';
import type { VerifiableLedger } from '../verification/verify-ledger.ts';
import { LAST_LINE, QUESTIONS, socketPathOf } from './socket-path.ts';

/** A ledger that another process has open. */
export type RunningLedger = VerifiableLedger & {
  /**
   * Makes a reading a row.
   * @throws {LedgerUnavailableError} when it is none: then nothing may be shown.
   */
  readonly record: (reading: RecordedReading) => Promise<void>;
};

const ask = (
  socketPath: string,
  path: string,
  method: 'GET' | 'HEAD' | 'POST',
  body = '',
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ socketPath, path, method }, resolve).once('error', reject).end(body);
  });

const cutOff = (cause?: unknown): LedgerUnavailableError =>
  new LedgerUnavailableError(
    'The backend stopped in the middle of its answer. Run the command again.',
    { cause },
  );

/** The lines of a whole answer. */
const answerOf = async function* (socketPath: string, path: string): AsyncGenerator<string> {
  try {
    for await (const line of linesOf(await ask(socketPath, path, 'GET'))) {
      if (line === LAST_LINE) {
        return;
      }
      yield line;
    }
  } catch (cause) {
    throw cutOff(cause);
  }
  throw cutOff();
};

const INSTANTS = Object.entries(getTableColumns(launchesTable)).flatMap(([name, { dataType }]) =>
  dataType === 'date' ? [name] : [],
);

/** A row of the table as it was before it was text. */
const storedLaunch = (row: Readonly<Record<string, unknown>>): StoredLaunch => {
  const instants = INSTANTS.map((name) => [
    name,
    row[name] === null ? null : new Date(`${row[name]}`),
  ]);
  return { ...row, ...Object.fromEntries(instants) } as StoredLaunch;
};

/**
 * The embedded ledger that a running backend has open, read through its socket; `undefined` when none has. Only the
 * folder's owner can read it.
 * @throws {LedgerUnavailableError} while reading, when the backend stops in the middle.
 */
export const findRunningLedger = async (dataFolder: string): Promise<RunningLedger | undefined> => {
  const socketPath = socketPathOf(dataFolder);
  if (socketPath === undefined || !existsSync(socketPath)) {
    return undefined;
  }
  try {
    (await ask(socketPath, QUESTIONS.rows, 'HEAD')).resume();
  } catch {
    // A backend that was killed left the socket behind.
    return undefined;
  }
  return {
    rows: async function* () {
      let number = 0;
      for await (const line of answerOf(socketPath, QUESTIONS.rows)) {
        number += 1;
        yield asRow(line, number);
      }
    },
    record: async (reading) => {
      const answer = await ask(socketPath, QUESTIONS.readings, 'POST', JSON.stringify(reading));
      answer.resume();
      if (answer.statusCode !== 204) {
        throw new LedgerUnavailableError('The backend could not record who reads the ledger.');
      }
    },
    launchPages: async function* () {
      for await (const line of answerOf(socketPath, QUESTIONS.launchPages)) {
        const { stored, rows } = JSON.parse(line);
        yield { stored: stored.map(storedLaunch), rows } satisfies LaunchPage;
      }
    },
  };
};
