import { expect, it } from 'vitest';
import { slowPart } from '../../../../src/backend/config/slow-pattern.ts';

it.each([
  '^[A-Z]+-[0-9]+$',
  '^([A-Z]+-)+[0-9]+$',
  '^(?:[A-Z]{2,5}-)?\\d{1,8}$',
  '^#?[0-9]+(,#?[0-9]+)*$',
  '^[(]+$',
  '(x)\\1',
  'https://acme.zendesk.com/agent/users/:key{/*}?',
])('the pattern %s has no slow part', (pattern) => {
  expect(slowPart(pattern)).toBeUndefined();
});

it.each([
  ['^(a+)+$', '(a+)+'],
  ['^[A-Z]+-(\\d+)+$', '(\\d+)+'],
  ['^(?:a|a)*$', '(?:a|a)*'],
  ['^(\\w+\\s?)*!$', '(\\w+\\s?)*'],
  ['^T-(x+x+){2,}y$', '(x+x+){2,}'],
  ['https://crm.example/:key((b+)+)', '(b+)+'],
])('the pattern %s is slow in %s', (pattern, part) => {
  expect(slowPart(pattern)).toBe(part);
});
