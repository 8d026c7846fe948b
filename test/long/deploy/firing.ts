import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { inRepository } from '../../../src/commands/repository.ts';
import { PROMTOOL, requireProgram } from '../../../src/commands/test-programs.ts';
import type { Scrape } from './scrape.ts';

const RULES = inRepository('deploy', 'prometheus', 'understudy.rules.yaml');

type Rule = { readonly alert: string; readonly for?: string };

/** The alert rules as they are deployed. */
export const RULES_IN_FILE: readonly Rule[] = parse(readFileSync(RULES, 'utf8')).groups[0].rules;

/** So many minutes had passed with what the first scrape gave when the second one came. */
const MINUTES_BEFORE = 5;
/** The last scrape's values stay for so long. */
const MINUTES_AFTER = 45;

/** A minute of each scrape, the first and the last for longer; `_` where a series was not there yet. */
const valuesOf = (series: string, scrapes: readonly Scrape[]): string => {
  const values = scrapes.map((scrape) => String(scrape.get(series) ?? '_'));
  const [first = '_', ...later] = values;
  return `${first}x${MINUTES_BEFORE} ${later.join(' ')}x${MINUTES_AFTER}`;
};

type Expectation = { readonly minute: number; readonly alert?: string };

/** What of promtool's output says that it did not find what was expected; empty where it did. */
const runPromtool = (scrapes: readonly Scrape[], expectations: readonly Expectation[]): string => {
  const series = new Set(scrapes.flatMap((scrape) => [...scrape.keys()]));
  const test = {
    rule_files: [RULES],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: [...series].map((name) => ({
          series: name,
          values: valuesOf(name, scrapes),
        })),
        promql_expr_test: expectations.map(({ minute, alert }) => ({
          eval_time: `${minute}m`,
          expr: `group by (alertname) (ALERTS{alertstate="firing"${alert ? `, alertname="${alert}"` : ''}})`,
          exp_samples: alert ? [{ labels: `{alertname="${alert}"}`, value: 1 }] : [],
        })),
      },
    ],
  };
  const folder = mkdtempSync(join(tmpdir(), 'understudy-alerts-'));
  try {
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify(test));
    const { status, stdout, stderr } = spawnSync(
      requireProgram(PROMTOOL),
      ['test', 'rules', file],
      { encoding: 'utf8' },
    );
    return status === 0 ? '' : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Why an alert does not fire on these scrapes, a minute after what it waits for; empty where it does. */
export const whyNotFiring = (alert: string, scrapes: readonly Scrape[]): string => {
  const rule = RULES_IN_FILE.find((candidate) => candidate.alert === alert);
  const waits = Number.parseInt(rule?.for ?? '0', 10);
  return runPromtool(scrapes, [{ minute: MINUTES_BEFORE + scrapes.length + waits, alert }]);
};

/** Which alerts fire on these scrapes at any minute; empty where none does. */
export const whatFires = (scrapes: readonly Scrape[]): string =>
  runPromtool(
    scrapes,
    Array.from({ length: MINUTES_AFTER }, (_, minute) => ({ minute })),
  );
