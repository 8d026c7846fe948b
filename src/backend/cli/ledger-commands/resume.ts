import { UsageError } from '../../../command-line/usage-error.ts';
import { openPostgresLedger } from '../../adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../adapters/ledger/sql-ledger.ts';
import { resumeLedger } from '../../adapters/ledger/tree/resume.ts';
import { createSignerStateFile } from '../../adapters/ledger/tree/signer-state.ts';
import type { Command, Options } from './command.ts';
import { databaseConnection } from './database-connection.ts';
import { openLedgerIn } from './with-ledger.ts';

const openForWriting = (options: Options): Promise<SqlLedger> => {
  const { folder, 'database-url': url } = options;
  if (folder !== undefined) {
    return openLedgerIn(folder);
  }
  if (url === undefined) {
    throw new UsageError('resume needs --folder, or --database-url with the writer’s name.');
  }
  return openPostgresLedger(databaseConnection(url, options), {
    onHead: () => undefined,
    onConnectionLost: () => undefined,
  });
};

/** Lets signing go on after a restore: records which signed state was given up. */
export const resume: Command = async (options) => {
  const { state } = options;
  if (state === undefined) {
    throw new UsageError('resume needs --state, the signer’s file.');
  }
  const ledger = await openForWriting(options);
  try {
    const abandoned = await resumeLedger(ledger, createSignerStateFile(state), new Date());
    process.stdout.write(
      `Recorded. Signing goes on from what the ledger has now; this state was given up:\n${abandoned}`,
    );
    return 0;
  } finally {
    await ledger.close();
  }
};
