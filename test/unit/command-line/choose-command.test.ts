import { expect, it } from 'vitest';
import { chooseCommand } from '../../../src/command-line/choose-command.ts';

const COMMANDS = { verify: { takes: ['folder'] }, key: { takes: ['name'] } };
const choose = (name: string | undefined, values: object) =>
  chooseCommand(COMMANDS, name, values, 'Usage: …');

it('a command is found by its name', () => {
  expect(choose('verify', { folder: 'a' })).toBe(COMMANDS.verify);
});

it('no name at all is answered with the usage', () => {
  expect(() => choose(undefined, {})).toThrow(/^Usage: …$/);
});

it.each(['verfy', 'constructor'])('the unknown name "%s" is said before the usage', (name) => {
  expect(() => choose(name, {})).toThrow(`There is no command "${name}".\n\nUsage: …`);
});

it('an option of another command is refused, for it would have no effect', () => {
  expect(() => choose('key', { folder: 'a' })).toThrow('"key" takes no --folder;');
});
