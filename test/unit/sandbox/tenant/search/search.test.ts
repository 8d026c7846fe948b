import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesQuery } from '../../../../../src/sandbox/tenant/search/matches-query.ts';
import { parseQuery } from '../../../../../src/sandbox/tenant/search/parse-query.ts';
import {
  InvalidQueryStringError,
  type SearchFields,
} from '../../../../../src/sandbox/tenant/search/search-query.ts';

const people = [
  {
    user_id: 'auth0|1',
    name: 'Nora Lindqvist',
    created_at: '2026-11-19T23:59:59.999Z',
    email: 'nora.lindqvist@mail.example',
    identities: [{ connection: 'customers' }],
    app_metadata: { understudy_protected: true },
  },
  {
    user_id: 'auth0|2',
    name: 'Nora "The" O\'Neil',
    email: 'nora+shop@partner.example',
    created_at: '2026-11-20T10:00:00.000Z',
    identities: [{ connection: 'partners' }, { connection: 'customers' }],
    app_metadata: { plan: { tier: 3 } },
  },
  {
    user_id: 'samlp|acme-sso|3',
    name: '100% *Legit*',
    created_at: '2026-11-21T00:00:00.000Z',
    email: 'x@acme.example',
    identities: [{ connection: 'acme-sso' }],
    app_metadata: {},
  },
];

const NAMES = new Set(['user_id', 'name', 'email', 'identities.connection', 'created_at']);
const fields: SearchFields = {
  isSearchable: (field) => NAMES.has(field) || field.startsWith('app_metadata.'),
  isDate: (field) => field === 'created_at',
};

const find = (q: string): string[] => {
  const query = parseQuery(q, fields);
  return people
    .filter((person) => matchesQuery(person, query, 'ignored'))
    .map((person) => person.user_id);
};

describe('a query finds', () => {
  test.each<[string, string[]]>([
    ['', ['auth0|1', 'auth0|2', 'samlp|acme-sso|3']],
    ['name:"nora lindqvist"', ['auth0|1']],
    ['name:nora', []],
    ['name:nora*', ['auth0|1', 'auth0|2']],
    ['name:*LIND*', ['auth0|1']],
    ['email:*@partner.example', ['auth0|2']],
    ['email:nora\\+shop@partner.example', ['auth0|2']],
    ['name:"Nora \\"The\\" O\'Neil"', ['auth0|2']],
    ['name:100%\\ \\*Legit\\*', ['samlp|acme-sso|3']],
    ['user_id:"samlp|acme-sso|3"', ['samlp|acme-sso|3']],
    ['user_id:samlp|acme-sso|3', ['samlp|acme-sso|3']],
    ['identities.connection:customers', ['auth0|1', 'auth0|2']],
    ['identities.connection:("acme-sso" OR partners)', ['auth0|2', 'samlp|acme-sso|3']],
    ['name:nora* AND NOT identities.connection:partners', ['auth0|1']],
    ['(name:*lind* OR email:x@acme.example) AND identities.connection:customers', ['auth0|1']],
    ['app_metadata.understudy_protected:true', ['auth0|1']],
    ['app_metadata.plan.tier:3', ['auth0|2']],
    ['NOT name:nora*', ['samlp|acme-sso|3']],
    ['created_at:2026-11-20', ['auth0|2']],
    ['created_at:"2026-11-20T10:00:00.000Z"', ['auth0|2']],
    ['created_at:[2026-11-20 TO 2026-11-21]', ['auth0|2', 'samlp|acme-sso|3']],
    ['created_at:[2026-11-20 TO 2026-11-21}', ['auth0|2']],
    ['created_at:{2026-11-19 TO *]', ['auth0|2', 'samlp|acme-sso|3']],
    ['created_at:[2026-11-20T10:00:00Z TO *]', ['auth0|2', 'samlp|acme-sso|3']],
    ['created_at:{2026-11-20T10:00:00.000Z TO *}', ['samlp|acme-sso|3']],
    ['created_at:[* TO 2026-11-20T12:00:00+02:00]', ['auth0|1', 'auth0|2']],
    ['name:nora* AND created_at:[2026-11-20T00:00:00.000Z TO *]', ['auth0|2']],
    ['created_at:(2026-11-19 OR 2026-11-21)', ['auth0|1', 'samlp|acme-sso|3']],
  ])('%s', (q, ids) => {
    expect(find(q)).toEqual(ids);
  });
});

describe('a query is refused', () => {
  test.each([
    'nora',
    '"nora"',
    'phone:123',
    'name:',
    'name:*no',
    'name:*',
    'name:**a**',
    'name:nora email:x',
    'name:nora AND',
    'AND name:nora',
    'name:(nora',
    'name:nora)',
    'name:"nora',
    'name:nora\\',
    'name:[a TO b]',
    'name:{a TO b}',
    'created_at:[a TO b]',
    'created_at:[2026-11-20]',
    'created_at:[2026-11-20 TO 2026-11-21',
    'created_at:[2026-11-20 to 2026-11-21]',
    'created_at:2026-11-31x',
    'created_at:2026-11*',
    'created_at:"2026-11-20T10:00"',
    'created_at:"2026-13-01T10:00:00Z"',
    'created_at:>2026-11-20',
    '[2026-11-20 TO *]',
    'name:nora~2',
    'name:nora^3',
    'name:no?a',
    'name:/nor/',
    'name:-nora',
    'name:+nora',
    'name:>nora',
    'name:a&&b',
    'name:a||b',
    '_exists_:name',
    `${'('.repeat(30)}name:nora${')'.repeat(30)}`,
  ])('%s', (q) => {
    expect(() => find(q)).toThrow(InvalidQueryStringError);
  });
});

test('upper and lower case are one to a search that ignores them, and two to one that does not', () => {
  const query = parseQuery('name:*LIND*', fields);
  expect(matchesQuery({ name: 'Lindqvist' }, query, 'ignored')).toBe(true);
  expect(matchesQuery({ name: 'Lindqvist' }, query, 'significant')).toBe(false);
  expect(matchesQuery({ name: 'LINDQVIST' }, query, 'significant')).toBe(true);
});

test('any text in a phrase with quotes and backslashes escaped finds exactly itself', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const query = parseQuery(`name:"${text.replace(/["\\]/g, '\\$&')}"`, fields);
      expect(matchesQuery({ name: text }, query, 'ignored')).toBe(true);
      expect(matchesQuery({ name: `${text}x` }, query, 'ignored')).toBe(false);
    }),
  );
});

test('any text is parsed or refused, and nothing else happens', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        parseQuery(text, fields);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidQueryStringError);
      }
    }),
  );
});

test('many wildcards stay fast', () => {
  const query = parseQuery(`name:${'*a'.repeat(2000)}*b`, fields);
  expect(matchesQuery({ name: 'a'.repeat(20_000) }, query, 'ignored')).toBe(false);
});
