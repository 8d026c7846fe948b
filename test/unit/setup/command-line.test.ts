import { expect, it } from 'vitest';
import { readCommandLine } from '../../../src/setup/terminal/command-line.ts';

it('without options setup applies what was answered before, here and after a yes', () => {
  expect(readCommandLine([])).toMatchObject({
    mode: 'apply',
    yes: false,
    folder: '.',
    adopt: false,
    answers: {},
  });
});

it('an option that repeats gives a list', () => {
  const { answers } = readCommandLine(['--target', 'shop', '--target=desk=https://desk.example/']);
  expect(answers).toEqual({
    targets: [{ clientId: 'shop' }, { clientId: 'desk', loginUrl: 'https://desk.example/' }],
  });
});

it.each([
  [['--plan', '--remove'], 'Use either --plan or --remove.'],
  [['--plan', '--rotate-key'], 'Use either --plan or --rotate-key.'],
  [['--out', 'terraform', '--adopt'], 'Use either --out or --adopt.'],
  [['--rotate-key', '--finish-rotation'], 'Use either --rotate-key or --finish-rotation.'],
  [['--out', 'pulumi'], '--out is deploy-cli or terraform.'],
  [['--domain', 'a', '--domain', 'b'], '--domain has two values.'],
  [['--planned'], 'There is no option --planned;'],
  [['plan'], '"plan" is no option;'],
])('the command line %j is refused with a sentence', (args, sentence) => {
  expect(() => readCommandLine(args)).toThrow(sentence);
});
