import { expect, it } from 'vitest';
import { byCloseness } from '../../../../../src/backend/adapters/directory/closeness.ts';
import { CUSTOMER, customerId } from '../../fixtures.ts';

const named = (name: string) => ({ ...CUSTOMER, id: customerId(`auth0|${name}`), name, email: '' });

it('an exact name comes first, then names that begin so, then words that do, then the rest', () => {
  const names = ['Olivia Stone', 'Bo Li', 'Lisa Berg', 'Li'];
  expect(byCloseness(' li ', names.map(named)).map(({ name }) => name)).toEqual([
    'Li',
    'Lisa Berg',
    'Bo Li',
    'Olivia Stone',
  ]);
});
