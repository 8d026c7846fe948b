import { expect, it } from 'vitest';
import { customerIdentityOf } from '../../../../../src/backend/adapters/directory/customer-identity.ts';

const CUSTOMERS = ['customers', 'partners'];
const staff = { connection: 'staff', userId: 's1' };
const google = { connection: 'google-oauth2', userId: 'g1' };
const customer = { connection: 'customers', userId: 'c1' };
const partner = { connection: 'partners', userId: 'p1' };

it.each([
  ['the only one', [customer], 'customers', 'c1', []],
  ['the primary one before a linked one', [partner, customer], 'partners', 'p1', ['customers']],
  ['a linked one behind a social one', [google, customer], 'customers', 'c1', ['google-oauth2']],
  [
    'the first linked one of several',
    [google, partner, customer],
    'partners',
    'p1',
    ['google-oauth2', 'customers'],
  ],
  ['the primary one when none is a customer’s', [staff, google], 'staff', 's1', ['google-oauth2']],
  ['none of an account without identities', [], '', '', []],
] as const)(
  'a customer is acted for through %s',
  (_name, identities, connection, identityUserId, otherConnections) => {
    expect(customerIdentityOf(identities, CUSTOMERS)).toEqual({
      connection,
      identityUserId,
      otherConnections,
    });
  },
);
