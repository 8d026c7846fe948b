import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { readTally } from '../../../src/commands/test-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const reportFile = join(folder, 'report.json');
const writeReport = (assertionResults: readonly object[], message = ''): void =>
  writeFileSync(
    reportFile,
    JSON.stringify({
      numPassedTests: 2,
      numFailedTests: assertionResults.filter((one) => 'status' in one && one.status === 'failed')
        .length,
      numPendingTests: 1,
      testResults: [{ name: inRepository('test/unit/some.test.ts'), message, assertionResults }],
    }),
  );
const passed = { fullName: 'it works', status: 'passed', failureMessages: [] };

it('a green run has nothing to complain of', () => {
  writeReport([passed]);
  expect(readTally('unit', reportFile, true)).toEqual({
    passed: 2,
    failed: 0,
    skipped: 1,
    complaints: [],
  });
});

it('a test that failed is named with its file and with what it said', () => {
  writeReport([
    passed,
    {
      fullName: 'it ends',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m'],
    },
  ]);
  expect(readTally('unit', reportFile, false)).toMatchObject({
    failed: 1,
    complaints: ['Failed: test/unit/some.test.ts > it ends\nexpected 1 to be 2'],
  });
});

it('a test that passed only at the second try is named, and fails nothing', () => {
  writeReport([{ ...passed, failureMessages: ['expected a tab'] }]);
  expect(readTally('e2e', reportFile, true)).toMatchObject({
    failed: 0,
    complaints: [
      'Passed only at the second try: test/unit/some.test.ts > it works\nexpected a tab',
    ],
  });
});

it('a file that did not load is one failure, with its error', () => {
  writeReport([], 'no such module');
  expect(readTally('unit', reportFile, false)).toMatchObject({
    failed: 1,
    complaints: [
      'Failed: test/unit/some.test.ts\nno such module',
      'Failed outside of any test: project unit',
    ],
  });
});

it('a run that left no report is one failure', () => {
  expect(readTally('unit', join(folder, 'none.json'), true)).toMatchObject({
    failed: 1,
    complaints: [expect.stringContaining('no report of project unit')],
  });
});
