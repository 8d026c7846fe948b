import { once } from 'node:events';
import type { Command } from './command.ts';
import { operatorOfCommand } from './operator.ts';
import { withReadableLedger } from './with-ledger.ts';

/**
 * Prints every row as a line of JSON, no faster than the reader takes them. That somebody exported the ledger is among
 * the last.
 */
export const exportLedger: Command = (options) =>
  withReadableLedger(
    options,
    async (ledger) => {
      for await (const row of ledger.rows()) {
        if (!process.stdout.write(`${JSON.stringify(row)}\n`)) {
          await once(process.stdout, 'drain');
        }
      }
      return 0;
    },
    { type: 'ledger_exported', ...operatorOfCommand() },
  );
