import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPackageOptions } from '../../../../src/commands/packaging/package-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keyFile = (name: string, pem: string): string => {
  const path = join(folder, name);
  writeFileSync(path, pem);
  return path;
};
const pemOf = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

const GOOD = {
  key: keyFile('good.pem', pemOf(2048)),
  'base-url': 'https://downloads.example.com/understudy/',
  'backend-url': 'https://understudy.example.com',
};
const readWith = (changes: Readonly<Record<string, string>>) =>
  readPackageOptions(
    Object.entries({ ...GOOD, ...changes }).map(([name, value]) => `--${name}=${value}`),
  );

it('addresses lose their last slash, so that file names can be added', () => {
  expect(readWith({})).toMatchObject({
    baseUrl: 'https://downloads.example.com/understudy',
    settings: { backendUrl: 'https://understudy.example.com' },
  });
});

const settingsFile = (name: string, text: string): { settings: string } => ({
  settings: keyFile(name, text),
});

it('settings of a file are set beside the address', () => {
  const file = settingsFile('good.json', '{ "openIn": "private_window", "language": "de" }');
  expect(readWith(file).settings).toEqual({
    backendUrl: 'https://understudy.example.com',
    openIn: 'private_window',
    language: 'de',
  });
});

it.each([
  ['a missing key file', { key: join(folder, 'none.pem') }, 'not a readable private key'],
  ['a file that is no key', { key: keyFile('text.pem', 'hello') }, 'not a readable private key'],
  ['a short key', { key: keyFile('short.pem', pemOf(1024)) }, 'at least 2048 bits'],
  [
    'a key of another kind',
    {
      key: keyFile(
        'ec.pem',
        generateKeyPairSync('ec', { namedCurve: 'P-256' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      ),
    },
    'an RSA key',
  ],
  ['an address without TLS', { 'base-url': 'http://downloads.example.com' }, '--base-url must be'],
  ['an address with a query', { 'backend-url': 'https://a.example/?b' }, '--backend-url must be'],
  ['a missing file of settings', { settings: join(folder, 'none') }, 'not a readable file of JSON'],
  [
    'a setting with a value that the extension does not take',
    settingsFile('value.json', '{ "openIn": "window" }'),
    'does not know "openIn" with the value "window"',
  ],
  [
    'a setting that the extension does not have',
    settingsFile('name.json', '{ "opneIn": "new_tab" }'),
    'does not know "opneIn"',
  ],
  [
    'a second address of the backend',
    settingsFile('second.json', '{ "backendUrl": "https://a.example" }'),
    'set by --backend-url',
  ],
  ['an add-on id that Firefox refuses', { 'firefox-id': 'our add-on' }, '--firefox-id must be'],
  ['an unknown option', { colour: 'red' }, 'There is no option --colour;'],
])('%s is refused in a sentence', (_case, changes, sentence) => {
  expect(() => readWith(changes)).toThrow(sentence);
});

it.each(['understudy@example.com', '@understudy', '{ec8030f7-c20a-464f-9b0e-13a3a9e97384}'])(
  'the add-on id %s is taken',
  (id) => {
    expect(readWith({ 'firefox-id': id }).firefoxId).toBe(id);
  },
);

it('without arguments it says how it is used', () => {
  expect(() => readPackageOptions([])).toThrow('Usage:');
});
