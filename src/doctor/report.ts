import { type Call, replaceReferences } from '../tenant-settings/call.ts';
import type { Line } from './line.ts';

const MARKS: Readonly<Record<Line['state'], string>> = {
  ok: '✓',
  broken: '✗',
  note: '•',
  unknown: '?',
};

const callText = ({ method, path, body }: Call): string =>
  replaceReferences(
    `${method} /api/v2${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`,
    () => '<the id in the answer before>',
  );

const describeFix = ({ fix }: Line): readonly string[] =>
  fix === undefined
    ? []
    : [
        ...fix.calls.map((call) => `    API        ${callText(call)}`),
        `    deploy-cli ${fix.deployCli}`,
        `    Terraform  ${fix.terraform}`,
        `    dashboard  ${fix.dashboard}`,
      ];

/** One finding in a line; whatever is not right also says what was wanted, why, and how to repair it. */
export const printLine = (line: Line): string =>
  line.state === 'ok'
    ? `✓ ${line.title}: ${line.found}`
    : [
        `${MARKS[line.state]} ${line.title}${line.state === 'broken' ? ` [${line.severity}]` : ''}`,
        `    found      ${line.found}`,
        ...(line.state === 'broken' ? [`    wanted     ${line.wanted}`] : []),
        `    ${line.why}`,
        ...describeFix(line),
      ].join('\n');

/** Writes the whole report, with a sum at the end. */
export const printReport = (lines: readonly Line[]): string => {
  const count = (state: Line['state']): number =>
    lines.filter((line) => line.state === state).length;
  const sum = `${count('ok')} right, ${count('broken')} wrong, ${count('note')} to know, ${count('unknown')} not looked at`;
  return `${lines.map(printLine).join('\n')}\n\n${sum}`;
};

/** 0: nothing is wrong. 1: only warnings. 2: launches fail or are unsafe. */
export const exitCodeOf = (lines: readonly Line[]): 0 | 1 | 2 => {
  const broken = lines.filter(({ state }) => state === 'broken');
  if (broken.length === 0) {
    return 0;
  }
  return broken.some(({ severity }) => severity === 'error') ? 2 : 1;
};
