import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../../src/backend/http/metrics.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { canRunWith, PROMTOOL, requireProgram } from '../../../src/commands/test-programs.ts';

const RULES = inRepository('deploy', 'prometheus', 'understudy.rules.yaml');
const TESTS = inRepository('deploy', 'prometheus', 'understudy.rules.test.yaml');

type Rule = { alert: string; expr: string; annotations: { summary: string; action: string } };
type RuleTest = { name: string; alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] };

const rules: readonly Rule[] = parse(readFileSync(RULES, 'utf8')).groups[0].rules;
const tests: readonly RuleTest[] = parse(readFileSync(TESTS, 'utf8')).tests;
const dashboard = JSON.parse(
  readFileSync(inRepository('deploy', 'grafana', 'understudy.json'), 'utf8'),
);
const shown: readonly [string, string][] = dashboard.panels.flatMap(
  ({ title, targets = [] }: { title: string; targets?: { expr: string }[] }) =>
    targets.map(({ expr }) => [title, expr]),
);

/** What the backend exports: the metrics' names, with the suffixes of a histogram, and their labels. */
const exported = new Map(
  createMetrics()
    .registry.getMetricsAsArray()
    .flatMap((metric) => {
      const labels: readonly string[] =
        'labelNames' in metric ? [...(metric.labelNames as [])] : [];
      return ['', '_bucket', '_count', '_sum'].map((suffix): [string, readonly string[]] => [
        `${metric.name}${suffix}`,
        labels,
      ]);
    }),
);

it.each([...rules.map(({ alert, expr }) => [alert, expr] as const), ...shown])(
  'what %s reads is exported by the backend, with those labels',
  (_name, expr) => {
    const read = [...expr.matchAll(/(understudy_\w+)(?:\{([^}]*)\})?/g)];
    for (const [, name = '', selectors = ''] of read) {
      expect([...exported.keys()]).toContain(name);
      const labels = [...selectors.matchAll(/(\w+)=~?"/g)].map(([, label]) => label);
      expect([...(exported.get(name) ?? []), 'job', 'instance']).toEqual(
        expect.arrayContaining(labels),
      );
    }
  },
);

it.each(rules)('$alert has a test in which it fires, and one in which it does not', ({ alert }) => {
  const expectations = tests
    .flatMap((test) => test.alert_rule_test)
    .filter(({ alertname }) => alertname === alert)
    .map(({ exp_alerts }) => exp_alerts.length > 0);
  expect(new Set(expectations)).toEqual(new Set([true, false]));
});

it.each(rules)('$alert says what it means and what to do', ({ annotations }) => {
  expect(annotations.summary).toMatch(/\.$/);
  expect(annotations.action).toMatch(/\.$/);
});

describe.skipIf(!canRunWith(PROMTOOL))('promtool', () => {
  it('each alert fires when it is provoked, and none does in good weather', () => {
    const { stdout, stderr, status } = spawnSync(
      requireProgram(PROMTOOL),
      ['test', 'rules', TESTS],
      { encoding: 'utf8' },
    );
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
  });
});
