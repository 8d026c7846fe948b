import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeTerm,
  idsQuery,
  searchQuery,
  shortWordsOf,
} from '../../../../../src/backend/adapters/directory/user-query.ts';
import { customerId } from '../../fixtures.ts';

const query = (term: string) => searchQuery(term, ['customers', 'acme-sso']);

describe('a search query', () => {
  it('looks for each word in name and e-mail, within the customers’ connections', () => {
    expect(query('Nora Lind')).toBe(
      '(((name:*nora* OR email:*nora*) AND (name:*lind* OR email:*lind*)) OR user_id:"Nora Lind") AND identities.connection:("customers" OR "acme-sso")',
    );
  });

  it('leaves short words to be filtered afterwards', () => {
    expect(query('nora li')).toContain('((name:*nora* OR email:*nora*))');
    expect(shortWordsOf('Nora Li')).toEqual(['li']);
  });

  it('is none when no word is long enough', () => {
    expect(query('a b c')).toBeUndefined();
  });

  it.each([
    ['*', '\\*'],
    ['a OR b', 'a\\ OR\\ b'],
    ['x") OR user_id:(*', 'x\\"\\)\\ OR\\ user_id\\:\\(\\*'],
    ['app_metadata.role:admin', 'app_metadata.role\\:admin'],
    ['[1 TO 9]', '\\[1\\ TO\\ 9\\]'],
    ['back\\slash', 'back\\\\slash'],
  ])('takes %s as text', (term, escaped) => {
    expect(escapeTerm(term)).toBe(escaped);
  });

  it('never has an operator character of the term unescaped', () => {
    fc.assert(
      fc.property(fc.string(), (term) => {
        const bare = escapeTerm(term).replace(/\\[\s\S]/g, '');
        return !/[+\-=&|><!(){}[\]^"~*?:\\/\s]/.test(bare);
      }),
    );
  });

  it('cannot be left by an id', () => {
    expect(idsQuery([customerId('a" OR "b\\')], ['c'])).toBe(
      'user_id:("a\\" OR \\"b\\\\") AND identities.connection:("c")',
    );
  });
});
