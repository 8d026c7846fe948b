import { UsageError } from '../../../command-line/usage-error.ts';
import {
  type AgentId,
  agentIdSchema,
  type CustomerId,
  customerIdSchema,
} from '../../../contract/ids.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { readContent } from '../../adapters/ledger/rows/row-content.ts';
import type { SqlLedger } from '../../adapters/ledger/sql-ledger.ts';
import { idOf } from '../id-option.ts';
import { isoTimeOf } from '../iso-time.ts';
import type { Command, Options } from './command.ts';
import { csvLine } from './csv-line.ts';
import { operatorOfCommand } from './operator.ts';
import { withLedger } from './with-ledger.ts';

const personal = (row: LedgerRow, wanted: string): string =>
  row.personal.find(({ field }) => field === wanted)?.value ?? '';

const open = (row: LedgerRow, wanted: string): string => {
  const value = readContent(row.content)?.[wanted];
  return typeof value === 'string' ? value : '';
};

/** What a customer is told: when, for what, why, and what was kept. Nothing of the agent, whom Article 15 does not cover. */
const CUSTOMER_COLUMNS: Readonly<Record<string, (row: LedgerRow) => string>> = {
  time: ({ recordedAt }) => recordedAt,
  event: (row) => open(row, 'type'),
  launch: (row) => open(row, 'launchId'),
  app: (row) => open(row, 'targetAppId'),
  reason: (row) => personal(row, 'reason'),
  ticket: (row) => personal(row, 'ticket'),
  kept_name: (row) => personal(row, 'customerName'),
  kept_email: (row) => personal(row, 'customerEmail'),
};

const AGENT_COLUMNS: Readonly<Record<string, (row: LedgerRow) => string>> = {
  time: ({ recordedAt }) => recordedAt,
  event: (row) => open(row, 'type'),
  launch: (row) => open(row, 'launchId'),
  customer: (row) => personal(row, 'customerId'),
  app: (row) => open(row, 'targetAppId'),
  reason: (row) => personal(row, 'reason'),
  ticket: (row) => personal(row, 'ticket'),
  code: (row) => open(row, 'code'),
};

const rowsOfAgent = async function* (ledger: SqlLedger, agent: AgentId): AsyncGenerator<LedgerRow> {
  for await (const row of ledger.rows()) {
    const isTheirs = ['agentId', 'endedBy', 'reportedAgentId'].some(
      (field) => personal(row, field) === agent,
    );
    if (isTheirs || open(row, 'agentId') === agent) {
      yield row;
    }
  }
};

const rowsOfCustomer = async function* (ledger: SqlLedger, customer: CustomerId, since: Date) {
  yield* await ledger.rowsOfCustomer(customer, since);
};

type Subject = { readonly customerId: CustomerId } | { readonly reportedAgentId: AgentId };

/** Whom the report is about: exactly one of the two must be named. @throws {UsageError} */
const subjectOf = ({ customer, agent }: Options): Subject => {
  if (customer !== undefined && agent === undefined) {
    return { customerId: idOf('customer', customerIdSchema, customer) };
  }
  if (agent !== undefined && customer === undefined) {
    return { reportedAgentId: idOf('agent', agentIdSchema, agent) };
  }
  throw new UsageError('report needs either --customer or --agent.');
};

/** Prints what the ledger has about a customer (GDPR Art. 15) or about an agent, as CSV. That it did is a row. */
export const report: Command = async (options) => {
  const subject = subjectOf(options);
  const { since } = options;
  if (since !== undefined && 'reportedAgentId' in subject) {
    throw new UsageError('--since is for a report about a customer; one about an agent has all.');
  }
  const from = since === undefined ? new Date(0) : isoTimeOf('since', since);
  return withLedger(
    options,
    async (ledger) => {
      const isCustomer = 'customerId' in subject;
      const columns = isCustomer ? CUSTOMER_COLUMNS : AGENT_COLUMNS;
      const rows = isCustomer
        ? rowsOfCustomer(ledger, subject.customerId, from)
        : rowsOfAgent(ledger, subject.reportedAgentId);
      process.stdout.write(csvLine(Object.keys(columns)));
      for await (const row of rows) {
        process.stdout.write(csvLine(Object.values(columns).map((column) => column(row))));
      }
      return 0;
    },
    { type: 'report_made', ...subject, ...operatorOfCommand() },
  );
};
