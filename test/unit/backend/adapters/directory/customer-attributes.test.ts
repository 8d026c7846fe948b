import { expect, it } from 'vitest';
import { customerAttributes } from '../../../../../src/backend/adapters/directory/customer-attributes.ts';

it.each([
  ['a text', { tier: 'vip' }, 'tier', 'vip'],
  ['a text further down', { plan: { tier: 'vip' } }, 'plan.tier', 'vip'],
  ['a number as text', { tier: 3 }, 'tier', '3'],
  ['a truth value as text', { tier: false }, 'tier', 'false'],
  ['nothing where nothing is', { tier: undefined }, 'tier', undefined],
  ['nothing where there is no metadata', undefined, 'tier', undefined],
  ['nothing of a list', { tier: ['vip'] }, 'tier', undefined],
  ['nothing through a list', { tier: ['vip'] }, 'tier.0', undefined],
  ['nothing that is inherited', {}, 'constructor.name', undefined],
  ['nothing of null', { tier: null }, 'tier', undefined],
])('an attribute of a customer is %s', (_what, metadata, path, value) => {
  const expected = value === undefined ? {} : { tier: value };
  expect(customerAttributes(metadata, { tier: path })).toEqual(expected);
});
