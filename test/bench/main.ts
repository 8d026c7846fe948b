import { measureExtensionOverhead } from './extension-overhead.ts';
import { measureLaunchOverhead } from './launch-overhead.ts';

type Row = {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly ok: boolean;
};

const { launchMedian, tokenCallMedian, launchesPerSecond } = await measureLaunchOverhead();
const overhead = launchMedian - tokenCallMedian;
const extensionOverhead = await measureExtensionOverhead();
const rows: readonly Row[] = [
  {
    what: 'Backend overhead of a launch, median',
    measured: `${overhead.toFixed(2)} ms`,
    budget: '≤ 5 ms',
    ok: overhead <= 5,
  },
  {
    what: 'Launches with PGlite on one core',
    measured: `${Math.round(launchesPerSecond)} /s`,
    budget: '≥ 500 /s',
    ok: launchesPerSecond >= 500,
  },
  {
    what: 'Enter to tab, backend taken out, median',
    measured: `${extensionOverhead.toFixed(1)} ms`,
    budget: '≤ 10 ms',
    ok: extensionOverhead <= 10,
  },
];
for (const { what, measured, budget, ok } of rows) {
  process.stdout.write(
    `${ok ? 'ok  ' : 'MISS'}  ${what.padEnd(40)} ${measured.padStart(12)}   ${budget}\n`,
  );
}
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
