import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod/mini';
import { inRepository } from './repository.ts';

/** What became of the tests of a run. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each test that failed, or passed only at the second try, with its file, and what it said. */
  readonly complaints: readonly string[];
};

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});
type Report = z.infer<typeof reportSchema>;

/** As much of an error as tells what it was; the whole stands where the test ran. */
const ERROR_LENGTH = 1_500;
const FRAME_OF_OTHERS = /^\s+at (?:new Promise|.*node_modules)/;

const shortened = (error: string): string =>
  stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => !FRAME_OF_OTHERS.test(line))
    .join('\n')
    .slice(0, ERROR_LENGTH);

const complaintsOf = ({
  name,
  message,
  assertionResults,
}: Report['testResults'][number]): string[] => {
  const file = relative(inRepository(), name);
  const ofFile = message === '' ? [] : [`Failed: ${file}\n${shortened(message)}`];
  const ofTests = assertionResults
    .filter(({ failureMessages }) => failureMessages.length > 0)
    .map(({ fullName, status, failureMessages }) => {
      // A test that is tried again keeps what it said at first; such a test is a race to be found.
      const what = status === 'passed' ? 'Passed only at the second try' : 'Failed';
      return [`${what}: ${file} > ${fullName}`, ...failureMessages.map(shortened)].join('\n');
    });
  return [...ofFile, ...ofTests];
};

/**
 * Reads the JSON report that vitest left of a project. A run that failed and left no report, or one in which no test
 * failed, counts as one failure.
 */
export const readTally = (project: string, reportFile: string, isGreen: boolean): Tally => {
  let report: Report;
  try {
    report = reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch (error) {
    const complaint = `Failed: vitest left no report of project ${project}: ${String(error)}`;
    return { passed: 0, failed: 1, skipped: 0, complaints: [complaint] };
  }
  // A file that does not load, or an error outside of any test, fails no test of its own.
  const isFailedOutside = !isGreen && report.numFailedTests === 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + (isFailedOutside ? 1 : 0),
    skipped: report.numPendingTests,
    complaints: [
      ...report.testResults.flatMap(complaintsOf),
      ...(isFailedOutside ? [`Failed outside of any test: project ${project}`] : []),
    ],
  };
};
