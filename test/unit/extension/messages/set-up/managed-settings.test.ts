import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import schemaFile from '../../../../../public/managed-policy.schema.json' with { type: 'json' };
import {
  managedSettingsSchema,
  parseManagedSettings,
} from '../../../../../src/extension/messages/set-up/managed-settings.ts';

const WHOLE = {
  backendUrl: 'https://understudy.acme.example',
  openIn: 'private_window',
  endWithLastTab: false,
  language: 'de',
  offersDeclined: true,
};

test('a policy that sets everything is in force as a whole', () => {
  expect(parseManagedSettings(WHOLE)).toEqual({ ...WHOLE, wrong: [] });
});

test.each([[undefined], [null], [{}], ['text'], [7]])('%j as a policy sets nothing', (policy) => {
  expect(parseManagedSettings(policy)).toEqual({ wrong: [] });
});

test.each([
  ['openIn', 'window', '"window"'],
  ['openIn', true, 'true'],
  ['endWithLastTab', 'true', '"true"'],
  ['endWithLastTab', 1, '1'],
  ['language', 'fr', '"fr"'],
  ['offersDeclined', null, 'null'],
  ['opneIn', 'new_tab', '"new_tab"'],
  ['toString', 'x', '"x"'],
])('a wrong %s, %j, is named and not in force, and the rest is', (name, value, shown) => {
  const { [name as 'openIn']: _replaced, ...rest } = WHOLE;
  expect(parseManagedSettings({ ...rest, [name]: value })).toEqual({
    ...rest,
    wrong: [{ name, value: shown }],
  });
});

test('a wrong value is shown shortened and without characters that reorder text', () => {
  const { wrong } = parseManagedSettings({ language: `\u202e${'x'.repeat(100)}` });
  expect(wrong).toEqual([{ name: 'language', value: `"\ufffd${'x'.repeat(58)}` }]);
});

test('the file that Chromium checks a policy with names the same settings, and their kinds', () => {
  const kinds = Object.entries(schemaFile.properties).map(([name, { type }]) => [name, type]);
  expect(kinds).toEqual([
    ['backendUrl', 'string'],
    ['openIn', 'string'],
    ['endWithLastTab', 'boolean'],
    ['language', 'string'],
    ['offersDeclined', 'boolean'],
  ]);
  expect(kinds.map(([name]) => name)).toEqual(Object.keys(managedSettingsSchema.shape));
});

test.each(readdirSync('public/_locales'))('the language %s can be set', (language) => {
  expect(parseManagedSettings({ language })).toEqual({ language, wrong: [] });
});
