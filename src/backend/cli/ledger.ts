import { chooseCommand } from '../../command-line/choose-command.ts';
import { readArguments } from '../../command-line/read-arguments.ts';
import { runCommand } from '../../command-line/run-command.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { DataFolderError } from '../adapters/ledger/data-folder-error.ts';
import { DatabaseError } from '../adapters/ledger/database-error.ts';
import { LedgerImportError } from '../adapters/ledger/import-ledger.ts';
import { LedgerDatabaseError } from '../adapters/ledger/postgres/ledger-database-error.ts';
import { LedgerExportError } from '../adapters/ledger/rows/ledger-export.ts';
import { NoteKeyError } from '../adapters/ledger/tree/signed-note.ts';
import { SignerStateError } from '../adapters/ledger/tree/signer-state.ts';
import { ConfigError } from '../config/config.ts';
import { TooRecentError } from '../ports/eraser.ts';
import { LedgerUnavailableError } from '../ports/ledger.ts';
import { BackendRefusalError } from './ledger-commands/backend-call.ts';
import type { Command, Options } from './ledger-commands/command.ts';
import { erase } from './ledger-commands/erase.ts';
import { evidence } from './ledger-commands/evidence.ts';
import { exportLedger } from './ledger-commands/export.ts';
import { importCommand } from './ledger-commands/import.ts';
import { key } from './ledger-commands/key.ts';
import { migrate } from './ledger-commands/migrate.ts';
import { report } from './ledger-commands/report.ts';
import { resume } from './ledger-commands/resume.ts';
import { retain } from './ledger-commands/retain.ts';
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

const LEDGER = ['database-url', 'folder', 'ca'] as const;

/** The commands, each with the options that it takes. */
const COMMANDS: Readonly<Record<string, { run: Command; takes: readonly (keyof Options)[] }>> = {
  verify: { run: verify, takes: [...LEDGER, 'file', 'head', 'checkpoint', 'key'] },
  export: { run: exportLedger, takes: LEDGER },
  import: { run: importCommand, takes: [...LEDGER, 'file', 'from-folder', 'head'] },
  evidence: {
    run: evidence,
    takes: ['backend', 'customer', 'key', 'since', 'with-agents', 'out'],
  },
  erase: { run: erase, takes: ['backend', 'customer', 'confirm'] },
  report: { run: report, takes: [...LEDGER, 'customer', 'agent', 'since'] },
  retain: { run: retain, takes: [...LEDGER, 'before'] },
  key: { run: key, takes: ['name'] },
  resume: { run: resume, takes: [...LEDGER, 'state'] },
  migrate: { run: migrate, takes: ['database-url', 'ca', 'writer', 'eraser', 'reader'] },
};

const OPTIONS = {
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
} as const;

/** What the database said is part of the sentence: it names nothing of the ledger's content. */
const withCause = (error: LedgerUnavailableError): LedgerUnavailableError =>
  error.cause instanceof DatabaseError
    ? new LedgerUnavailableError(`${error.message} ${error.cause.message}`, { cause: error.cause })
    : error;

/** Runs the command; gives the exit code. */
const run = async (args: readonly string[]): Promise<number> => {
  const { values, words } = readArguments(args, OPTIONS, 1);
  const command = chooseCommand(COMMANDS, words[0], values, USAGE);
  if (values.folder !== undefined && values['database-url'] !== undefined) {
    throw new UsageError('Name the ledger once: --database-url or --folder.');
  }
  try {
    return await command.run(values);
  } catch (error) {
    if (error instanceof LedgerExportError) {
      process.stdout.write(`BROKEN: ${error.message}\n`);
      return 1;
    }
    throw error instanceof LedgerUnavailableError ? withCause(error) : error;
  }
};

await runCommand({
  usage: USAGE,
  run,
  expected: [
    BackendRefusalError,
    ConfigError,
    DataFolderError,
    LedgerDatabaseError,
    LedgerImportError,
    LedgerUnavailableError,
    NoteKeyError,
    SignerStateError,
    TooRecentError,
  ],
  mistakeCode: 2,
});
