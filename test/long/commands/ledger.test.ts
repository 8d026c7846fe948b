import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { canRunWith, POSTGRES } from '../../../src/commands/test-programs.ts';
import {
  type BackendProcess,
  spawnBackend,
  untilReady,
} from '../../integration/backend/backend-process.ts';
import { copyEmptyLedger } from '../../integration/backend/ledger/empty-ledger.ts';
import { claimRow } from '../../integration/backend/ledger/ledger-rows.ts';
import {
  databaseUrl,
  ROLES,
  startCluster,
} from '../../integration/backend/ledger/postgres-cluster.ts';
import { signIn } from '../../integration/launch/agent-client.ts';
import { createTenantLevers } from '../../integration/launch/tenant-levers.ts';
import { customerId } from '../../unit/backend/fixtures.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;
const NORA = customerId(accounts.customer.id);
const NAME = `${new URL(endpoints.backend).host}/ledger`;

const folder = mkdtempSync(join(tmpdir(), 'understudy-commands-'));
const inFolder = (name: string): string => join(folder, name);

type Ran = { readonly code: number; readonly output: string; readonly errors: string };

/** Runs `npm run ledger -- …` as it is documented. */
const ledger = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const child = promisify(execFile)('npm', ['run', '--silent', 'ledger', '--', ...args], {
    cwd: inRepository(),
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${inRepository('src/sandbox/resolve-localhost.mjs')}`,
      ...environment,
    },
  });
  return child.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout, errors: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout,
      errors: error.stderr,
    }),
  );
};

/** Writes a launch of the customer that failed, and lets an erasure be confirmed at once. */
const prepareLedger = async (dataFolder: string): Promise<void> => {
  copyEmptyLedger(dataFolder);
  const opened = await openPgliteLedger(dataFolder, () => undefined);
  const claim = claimRow({ customerId: NORA });
  const { launchId } = claim.launch;
  await opened.claim(claim);
  await opened.advance({
    type: 'launch_failed',
    launchId,
    requestId: 'r-2',
    code: 'exchange_refused',
  });
  await opened.close();
  const database = await PGlite.create(join(dataFolder, 'database'));
  await database.exec(
    "UPDATE ledger_settings SET value = '0' WHERE name = 'erasure_delay_minutes'; DELETE FROM duties;",
  );
  await database.close();
};

describe('the documented commands for a ledger', () => {
  let backend: BackendProcess;
  let verifier: string;
  let asSupervisor: Record<string, string>;

  beforeAll(async () => {
    const made = await ledger(['key', '--name', NAME]);
    expect(made).toMatchObject({ code: 0 });
    verifier = /it verifies: (\S+)/.exec(made.errors)?.[1] ?? '';
    const sandboxFolder = dirname(inRepository(endpoints.subjectToken.signingKeyFile));
    await prepareLedger(join(sandboxFolder, 'ledger-commands'));
    backend = await spawnBackend(
      endpoints,
      'commands',
      (config) => ({
        ...config,
        ledger: {
          ...(config['ledger'] as object),
          checkpoints: { stateFile: inFolder('state.json'), folder: inFolder('checkpoints') },
        },
      }),
      { UNDERSTUDY_LEDGER_KEY: made.output.trim() },
    );
    await untilReady(backend);
    const token = inFolder('token');
    writeFileSync(token, (await signIn(endpoints, accounts.supervisor)).accessToken);
    asSupervisor = { UNDERSTUDY_ACCESS_TOKEN_FILE: token };
  });
  afterAll(async () => {
    backend?.child.kill('SIGTERM');
    await backend?.exited;
  });

  it('"ledger export" writes the ledger while the backend runs, which is restored later', async () => {
    const { code, output } = await ledger(['export', '--folder', backend.dataFolder]);
    expect(code).toBe(0);
    writeFileSync(inFolder('ledger.ndjson'), output);
    expect(output.trim().split('\n').length).toBeGreaterThanOrEqual(3);
  });

  it('"ledger evidence" makes a pack that the verifier finds proven by the key that "ledger key" made', async () => {
    const made = await ledger(
      [
        ...['evidence', '--backend', backend.origin, '--customer', NORA],
        ...['--since', '2020-01-01', '--key', verifier, '--out', inFolder('pack')],
      ],
      asSupervisor,
    );
    expect(made).toMatchObject({ code: 0, errors: '' });
    expect(made.output).toMatch(/^\d+ rows, in .*evidence\.html/);
    expect(readFileSync(inFolder('pack/evidence.html'), 'utf8')).toContain('<html');
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        inRepository('src/verify/understudy-verify.mjs'),
        ...['--key', verifier, inFolder('pack/evidence.json')],
      ],
      { encoding: 'utf8' },
    );
    expect(status, stdout).toBe(0);
  });

  it('"ledger erase" asks, is refused to who asked, and is confirmed by another person', async () => {
    const asked = await ledger(
      ['erase', '--backend', backend.origin, '--customer', NORA],
      asSupervisor,
    );
    expect(asked).toMatchObject({ code: 0, errors: '' });
    const [, erasure = ''] = /--confirm (\S+)/.exec(asked.output) ?? [];
    const confirm = ['erase', '--backend', backend.origin, '--confirm', erasure];
    expect(await ledger(confirm, asSupervisor)).toMatchObject({
      code: 2,
      errors: expect.stringContaining('person'),
    });

    const levers = await createTenantLevers(endpoints);
    const roles = (await levers.call('GET', '/roles')) as { id: string; name: string }[];
    const role = roles.find(({ name }) => name === 'Support Supervisor');
    const { sub = '' } = decodeJwt((await signIn(endpoints, accounts.agent)).accessToken);
    await levers.call('POST', `/roles/${role?.id}/users`, { users: [sub] });
    const { accessToken } = await signIn(endpoints, accounts.agent);
    await levers.reset();
    const confirmed = await ledger(confirm, { UNDERSTUDY_ACCESS_TOKEN: accessToken });
    expect(confirmed).toMatchObject({ code: 0, errors: '' });
    expect(confirmed.output).toMatch(/^Erased \d+ values/);
  });

  it('"ledger import" restores the export, and "ledger resume" records that what was signed since is given up', async () => {
    const restored = inFolder('restored');
    const imported = await ledger([
      'import',
      '--file',
      inFolder('ledger.ndjson'),
      '--folder',
      restored,
    ]);
    expect(imported).toMatchObject({ code: 0, errors: '' });
    const [, head = ''] =
      /^Imported and verified, \d+ rows\. Head: (\S+)/.exec(imported.output) ?? [];
    const again = inFolder('again');
    expect(
      await ledger([
        'import',
        '--file',
        inFolder('ledger.ndjson'),
        '--head',
        head,
        '--folder',
        again,
      ]),
    ).toMatchObject({ code: 0, output: imported.output });
    const resumed = await ledger([
      'resume',
      '--folder',
      restored,
      '--state',
      inFolder('state.json'),
    ]);
    expect(resumed).toMatchObject({ code: 0, errors: '' });
    expect(resumed.output).toContain(NAME);
    expect(await ledger(['verify', '--folder', restored])).toMatchObject({ code: 0 });
  });

  it.skipIf(!canRunWith(POSTGRES))(
    '"ledger migrate" prepares a database, and "ledger import" moves an embedded ledger into it',
    async () => {
      const cluster = await startCluster();
      try {
        const url = databaseUrl(cluster.folder, await cluster.createDatabase(), ROLES.owner);
        const migrated = await ledger(['migrate', '--database-url', url]);
        expect(migrated).toMatchObject({ code: 0, errors: '' });
        expect(migrated.output).toMatch(/^Migrated\./);
        const source = ['--from-folder', inFolder('again')];
        const moved = await ledger(['import', ...source, '--database-url', url]);
        expect(moved).toMatchObject({ code: 0, errors: '' });
        expect(moved.output).toMatch(/^Imported and verified/);
      } finally {
        await cluster.stop();
      }
    },
  );
});
