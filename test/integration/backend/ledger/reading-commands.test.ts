import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { openPostgresLedger } from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { inRepository } from '../../../../src/commands/repository.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { ledgerRowSchema } from '../../../../src/contract/ledger.ts';
import { emptyLedger } from './empty-ledger.ts';
import { claimRow } from './ledger-rows.ts';
import { connectionOf, databaseUrl, ROLES, startCluster } from './postgres-cluster.ts';

/** A ledger, and how a command names it. */
type NamedLedger = {
  readonly open: () => Promise<SqlLedger>;
  readonly options: readonly string[];
  readonly stop: () => Promise<void>;
};

const embedded = async (): Promise<NamedLedger> => {
  const folder = emptyLedger();
  return {
    open: () => openPgliteLedger(folder, () => undefined),
    options: ['--folder', folder],
    stop: async () => undefined,
  };
};

const inPostgres = async (): Promise<NamedLedger> => {
  const { folder, createLedger, stop } = await startCluster();
  const database = await createLedger();
  const events = { onHead: () => undefined, onConnectionLost: () => undefined };
  return {
    open: () => openPostgresLedger(connectionOf(folder, database, ROLES.writer), events),
    options: ['--database-url', databaseUrl(folder, database, ROLES.reader)],
    stop,
  };
};

const STORES = [
  { store: 'PGlite', isThere: true, start: embedded },
  { store: 'PostgreSQL', isThere: canRunWith(POSTGRES), start: inPostgres },
];

const CUSTOMER = 'auth0|nora';
const AGENT = 'auth0|agent';

describe.each(STORES)('a command that reads the ledger in $store', ({ isThere, start }) => {
  let ledger: NamedLedger;
  beforeAll(async () => {
    if (isThere) {
      ledger = await start();
      const opened = await ledger.open();
      await opened.claim(claimRow({ customerId: CUSTOMER }));
      await opened.close();
    }
  });
  afterAll(() => ledger?.stop());

  const run = (...args: readonly string[]): string => {
    const command = [inRepository('src/backend/cli/ledger.ts'), ...args, ...ledger.options];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  const lastRow = (exported: string) => {
    const row = ledgerRowSchema.parse(JSON.parse(exported.trim().split('\n').at(-1) ?? ''));
    const personal = row.personal.map(({ field, value }) => [field, value]);
    return { content: JSON.parse(row.content), personal: Object.fromEntries(personal) };
  };
  const newestRow = async () => {
    const opened = await ledger.open();
    let newest = '';
    for await (const row of opened.rows()) {
      newest = JSON.stringify(row);
    }
    await opened.close();
    return lastRow(newest);
  };

  it('an export has as its last row that it was made, and by whom', ({ skip }) => {
    skip(!isThere, 'PostgreSQL is not installed');
    const { content, personal } = lastRow(run('export'));
    expect(content).toMatchObject({ type: 'ledger_exported', requestId: 'command' });
    expect(personal).toEqual({ operator: userInfo().username });
  });

  it('a report about a customer is a row of that customer', async ({ skip }) => {
    skip(!isThere, 'PostgreSQL is not installed');
    expect(run('report', '--customer', CUSTOMER)).toContain('"report_made"');
    expect(await newestRow()).toMatchObject({
      content: { type: 'report_made' },
      personal: { customerId: CUSTOMER, operator: userInfo().username },
    });
  });

  it('a report about an agent is a row that the agent’s own report shows', async ({ skip }) => {
    skip(!isThere, 'PostgreSQL is not installed');
    expect(run('report', '--agent', AGENT)).toMatch(/"launch_requested"[\s\S]*"report_made"/);
    expect((await newestRow()).personal).toMatchObject({ reportedAgentId: AGENT });
  });

  it('verification shows nobody’s data and leaves no row', async ({ skip }) => {
    skip(!isThere, 'PostgreSQL is not installed');
    const before = await newestRow();
    expect(run('verify')).toMatch(/^Intact, /);
    expect(await newestRow()).toEqual(before);
  });
});
