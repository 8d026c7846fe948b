import '../../src/sandbox/resolve-localhost.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPgliteLedger } from '../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { openPostgresLedger } from '../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../src/backend/adapters/ledger/sql-ledger.ts';
import { readArguments } from '../../src/command-line/read-arguments.ts';
import { runCommand } from '../../src/command-line/run-command.ts';
import { UsageError } from '../../src/command-line/usage-error.ts';
import { buildIfOutdated } from '../../src/commands/build-artifacts.ts';
import { ensureChromium, NoBrowserError } from '../../src/commands/chromium.ts';
import { SandboxError, startSandbox } from '../../src/commands/sandbox-process.ts';
import { canRunWith, POSTGRES } from '../../src/commands/test-programs.ts';
import {
  connectionOf,
  ROLES,
  startCluster,
} from '../integration/backend/ledger/postgres-cluster.ts';
import { simulateTyping } from '../simulation/typing-agents.ts';
import { measureLaunchOverhead } from './launch-overhead.ts';
import { measureLaunchTimes } from './launch-times.ts';
import { type Measured, measureLedgerAtSize } from './ledger-at-size.ts';
import { measurePolicyDecision } from './policy-decision.ts';
import { measurePopupPaint, type PaintTimes } from './popup-paint.ts';

/** A launch is two verifications, two rows, a signature and a call; the floor is one verification and one row. */
const LAUNCH_FLOORS = 4;
/** How much more memory a hundred times the rows may take, for the pages that a process has under way vary. */
const FLAT = 1.5;

type Row = {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly ok: boolean;
};

const milliseconds = (value: number, digits = 0): string => `${value.toFixed(digits)} ms`;

/** A median, the floor's in the same run, and how many times it that is. */
const againstFloor = (what: string, { popup, floor }: PaintTimes, budget: number): Row => ({
  what,
  measured: `${milliseconds(popup)} / ${milliseconds(floor)} = ${(popup / floor).toFixed(2)}`,
  budget: `≤ ${budget.toFixed(2)}`,
  ok: popup / floor <= budget,
});

const measureInBrowser = async (): Promise<readonly Row[]> => {
  const executable = ensureChromium();
  process.env['CHROMIUM_PATH'] ??= executable;
  await buildIfOutdated();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  const sandbox = await startSandbox(folder);
  try {
    const paint = await measurePopupPaint(executable, sandbox.endpoints);
    const launch = await measureLaunchTimes(sandbox.endpoints);
    const recents = Math.max(paint.recents.warm, paint.recents.dead);
    const { understudy, initiator } = launch;
    return [
      againstFloor('Popup to first paint, worker running', paint.warm, 1),
      againstFloor('Popup to first paint, worker stopped', paint.dead, 1.35),
      againstFloor('Popup to first paint, browser just started', paint.start, 1.3),
      {
        what: 'Recent customers after the first paint',
        measured: milliseconds(recents),
        budget: '≤ 50 ms',
        ok: recents <= 50,
      },
      {
        what: 'Key press to the customer’s page',
        measured: `${milliseconds(understudy)} / ${milliseconds(initiator)} = ${(understudy / initiator).toFixed(2)}`,
        budget: '≤ 1.10, or + 15 ms',
        ok: understudy <= Math.max(initiator * 1.1, initiator + 15),
      },
      {
        what: 'Key press to the tab, without the backend',
        measured: milliseconds(launch.extensionOverhead, 1),
        budget: '≤ 10 ms',
        ok: launch.extensionOverhead <= 10,
      },
    ];
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What one launch after the other costs, and many at a time, with a ledger in one of the stores. */
const measureLaunches = async (store: string, ledger: SqlLedger): Promise<readonly Row[]> => {
  const { launchMedian, tokenCallMedian, floorMilliseconds, launchesPerSecond } =
    await measureLaunchOverhead(ledger);
  const perLaunch = 1000 / launchesPerSecond;
  const overhead = launchMedian - tokenCallMedian;
  const floors = perLaunch / floorMilliseconds;
  return [
    {
      what: `Backend’s part of a launch with ${store}`,
      measured: milliseconds(overhead, 2),
      budget: '≤ 5 ms',
      ok: overhead <= 5,
    },
    {
      what: `Launches with ${store}`,
      measured: `${Math.round(launchesPerSecond)}/s, ${milliseconds(perLaunch, 2)} / ${milliseconds(floorMilliseconds, 2)} = ${floors.toFixed(2)}`,
      budget: `≤ ${LAUNCH_FLOORS.toFixed(2)} floors`,
      ok: floors <= LAUNCH_FLOORS,
    },
  ];
};

const measureEmbedded = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  try {
    const ledger = await openPgliteLedger(join(folder, 'ledger'), () => undefined);
    return await measureLaunches('PGlite', ledger);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measurePostgres = async (): Promise<readonly Row[]> => {
  const { folder, createLedger, stop } = await startCluster();
  try {
    const connection = connectionOf(folder, await createLedger(), ROLES.writer);
    const events = { onHead: () => undefined, onConnectionLost: () => undefined };
    return await measureLaunches('PostgreSQL', await openPostgresLedger(connection, events));
  } finally {
    await stop();
  }
};

const measureBackend = async (): Promise<readonly Row[]> => {
  const decision = measurePolicyDecision();
  return [
    ...(await measureEmbedded()),
    ...(canRunWith(POSTGRES) ? await measurePostgres() : []),
    {
      what: 'A decision by 100 company policies',
      measured: milliseconds(decision, 2),
      budget: '≤ 1 ms',
      ok: decision <= 1,
    },
  ];
};

const TYPING_RUNS = [
  { agents: 60, withinMilliseconds: 10_000 },
  { agents: 500, withinMilliseconds: 60_000 },
  { agents: 500, withinMilliseconds: 10_000 },
];

/** What agents who type at the same time get at ten calls to the tenant a second. Only the first run has a budget. */
const measureTyping = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const [index, run] of TYPING_RUNS.entries()) {
    const result = await simulateTyping({ ...run, callsPerSecond: 10, seed: 1 });
    const answered = result.finalMilliseconds.length;
    const slowest = result.finalMilliseconds.at(-1) ?? 0;
    rows.push({
      what: `${run.agents} agents who begin to type within ${run.withinMilliseconds / 1000} s`,
      measured: `${answered} answered, ${result.finalErrors} refused, ≤ ${milliseconds(slowest)}, ≤ ${result.mostCallsInASecond} calls/s`,
      budget: index === 0 ? 'all within 3 s' : 'reported',
      ok: index > 0 || (answered === run.agents && slowest <= 3_000),
    });
  }
  return rows;
};

/** A hundredth of the rows beside all of them: what is flat takes no more memory. */
const measureLargeLedger = async (count: number): Promise<readonly Row[]> => {
  const [small, large] = await measureLedgerAtSize([count / 100, count]);
  if (!small || !large) {
    throw new Error('Nothing was measured.');
  }
  const memory = (what: string, one: Measured, other: Measured, took: string): Row => ({
    what: `${what}, ${large.rows.toLocaleString('en')} rows`,
    measured: `${took}, ${Math.round(one.megabytes)} MB / ${Math.round(other.megabytes)} MB = ${(one.megabytes / other.megabytes).toFixed(2)}`,
    budget: `≤ ${FLAT.toFixed(2)} of the memory for 1 %`,
    ok: one.megabytes / other.megabytes <= FLAT,
  });
  const seconds = ({ seconds: taken }: Measured): string => `${taken.toFixed(1)} s`;
  const { evidence } = large;
  return [
    {
      what: `Import, ${large.rows.toLocaleString('en')} rows`,
      measured: `${large.importSeconds.toFixed(1)} s`,
      budget: 'reported',
      ok: true,
    },
    memory('Verify', large.verify, small.verify, seconds(large.verify)),
    memory('Export', large.export, small.export, seconds(large.export)),
    memory('First checkpoint', evidence, small.evidence, `${evidence.signSeconds.toFixed(1)} s`),
    {
      what: `Evidence for one customer, ${evidence.rows} rows`,
      measured: `${milliseconds(evidence.packMilliseconds)} / ${milliseconds(small.evidence.packMilliseconds)}`,
      budget: '≤ 2 s',
      ok: evidence.packMilliseconds <= 2_000,
    },
  ];
};

const USAGE = `Usage:
  npm run bench -- [--rows COUNT]

Measures what the popup, a launch and the backend take, each against its budget; exits 1 when one is missed.

  --rows   measures a ledger of so many rows in PostgreSQL instead, 1000 at least
`;

/** A hundredth of it has to be some rows, too. */
const countOf = (text: string): number => {
  if (!/^\d{4,9}$/.test(text) || Number(text) < 1000) {
    throw new UsageError('--rows must be a whole number from 1000 on.');
  }
  return Number(text);
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, { rows: { type: 'string' } }, 0);
  const rows =
    values.rows === undefined
      ? [...(await measureInBrowser()), ...(await measureBackend()), ...(await measureTyping())]
      : await measureLargeLedger(countOf(values.rows));
  process.stdout.write('Medians; where two are given, the second is the floor in the same run.\n');
  for (const { what, measured, budget, ok } of rows) {
    process.stdout.write(
      `${ok ? 'ok  ' : 'MISS'}  ${what.padEnd(44)} ${measured.padStart(24)}   ${budget}\n`,
    );
  }
  return rows.every(({ ok }) => ok) ? 0 : 1;
};

await runCommand({
  usage: USAGE,
  run,
  expected: [NoBrowserError, SandboxError],
  mistakeCode: 2,
});
