import { parseArgs } from 'node:util';
import { DataFolderError } from '../adapters/ledger/data-folder-error.ts';
import { LedgerImportError } from '../adapters/ledger/import-ledger.ts';
import { LedgerDatabaseError } from '../adapters/ledger/postgres/ledger-database-error.ts';
import { LedgerExportError } from '../adapters/ledger/rows/ledger-export.ts';
import { NoteKeyError } from '../adapters/ledger/tree/signed-note.ts';
import { SignerStateError } from '../adapters/ledger/tree/signer-state.ts';
import { ConfigError } from '../config/config.ts';
import { LedgerUnavailableError } from '../ports/ledger.ts';
import { BackendRefusalError } from './ledger-commands/backend-call.ts';
import type { Command } from './ledger-commands/command.ts';
import { erase } from './ledger-commands/erase.ts';
import { evidence } from './ledger-commands/evidence.ts';
import { exportLedger } from './ledger-commands/export.ts';
import { importCommand } from './ledger-commands/import.ts';
import { key } from './ledger-commands/key.ts';
import { migrate } from './ledger-commands/migrate.ts';
import { report } from './ledger-commands/report.ts';
import { resume } from './ledger-commands/resume.ts';
import { retain } from './ledger-commands/retain.ts';
import { UsageError } from './ledger-commands/usage-error.ts';
import { verify } from './ledger-commands/verify.ts';

const USAGE = `Usage:
  npm run ledger -- verify (LEDGER | --file EXPORT.ndjson) [--head SEQ:HASH] [--checkpoint FILE --key KEY]
  npm run ledger -- export LEDGER
  npm run ledger -- import (--file EXPORT.ndjson | --from-folder DIR) LEDGER [--head SEQ:HASH]
  npm run ledger -- evidence --backend URL --customer ID --key KEY [--since DATE] [--with-agents] [--out FOLDER]
  npm run ledger -- erase --backend URL (--customer ID | --confirm ERASURE)
  npm run ledger -- report LEDGER (--customer ID | --agent ID) [--since DATE]
  npm run ledger -- retain LEDGER --before DATE
  npm run ledger -- key --name HOST/ledger
  npm run ledger -- resume LEDGER --state FILE
  npm run ledger -- migrate --database-url URL [--writer ROLE] [--eraser ROLE] [--reader ROLE]

LEDGER is one of
  --database-url   postgres://reader@host/database; backends may be running
  --folder         an embedded ledger's data folder; verify and export work while the backend runs, as the folder's
                   owner, and all else needs it stopped

  --ca       PEM file of the authority that signed the database server's certificate
  --file     what "export" or GET /v1/ledger gave
  --head     a ledger_head line from the backend's log: finds a truncation as well
  --checkpoint  a signed checkpoint: finds a truncation and a ledger that was written anew
  --key      the key that verifies it, as you noted it: name+id+key
  --from-folder  the data folder of an embedded ledger to move
  --state    the signer's file, ledger.checkpoints.stateFile of the configuration

"evidence" and "erase" act as the person whose access token is in UNDERSTUDY_ACCESS_TOKEN, or in the file that
UNDERSTUDY_ACCESS_TOKEN_FILE names.

The database's password is read from UNDERSTUDY_DATABASE_PASSWORD, or from the file that
UNDERSTUDY_DATABASE_PASSWORD_FILE names.
`;

const COMMANDS: Readonly<Record<string, Command>> = {
  verify,
  export: exportLedger,
  import: importCommand,
  evidence,
  erase,
  report,
  retain,
  key,
  resume,
  migrate,
};

/** Runs the command; gives the exit code. */
const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      'from-folder': { type: 'string' },
      file: { type: 'string' },
      head: { type: 'string' },
      checkpoint: { type: 'string' },
      key: { type: 'string' },
      name: { type: 'string' },
      state: { type: 'string' },
      backend: { type: 'string' },
      customer: { type: 'string' },
      agent: { type: 'string' },
      since: { type: 'string' },
      before: { type: 'string' },
      confirm: { type: 'string' },
      out: { type: 'string' },
      'with-agents': { type: 'boolean' },
      'database-url': { type: 'string' },
      ca: { type: 'string' },
      writer: { type: 'string' },
      eraser: { type: 'string' },
      reader: { type: 'string' },
    },
  });
  const [name = ''] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || positionals.length > 1) {
    throw new UsageError(USAGE);
  }
  return command(values);
};

/** Whose message says what to do; of anything else, the whole error is shown. */
const EXPECTED = [
  UsageError,
  BackendRefusalError,
  ConfigError,
  DataFolderError,
  LedgerDatabaseError,
  LedgerUnavailableError,
  LedgerImportError,
  NoteKeyError,
  SignerStateError,
];

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof LedgerExportError) {
    process.stdout.write(`BROKEN: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    const isExpected = error instanceof Error && EXPECTED.some((kind) => error instanceof kind);
    process.stderr.write(`${isExpected ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
