import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeTerm,
  idsQuery,
  searchQuery,
  shortWordsOf,
} from '../../../../../src/backend/adapters/directory/user-query.ts';
import { customerId } from '../../fixtures.ts';

const query = (term: string) => searchQuery(term, ['customers', 'acme-sso'], 'external_id');

describe('a search query', () => {
  it('looks for each word inside name and e-mail, and for the whole term as an id or user name', () => {
    expect(query('Nora Lind')).toBe(
      '(((name:*nora* OR email:*nora*) AND (name:*lind* OR email:*lind*)) OR user_id:"Nora Lind" OR user_id:Nora\\ Lind* OR app_metadata.external_id:"Nora Lind" OR username:Nora\\ Lind*) AND identities.connection:("customers" OR "acme-sso")',
    );
  });

  it('leaves a short word beside a long one to be filtered afterwards', () => {
    expect(query('nora li')).toContain('((name:*nora* OR email:*nora*))');
    expect(shortWordsOf('Nora Li')).toEqual(['li']);
  });

  it.each(['Li', 'Ng', 'Bo Li', '王芳'])(
    'finds names that begin with the short words of %s',
    (term) => {
      expect(shortWordsOf(term)).toEqual([]);
      for (const word of term.toLowerCase().split(' ')) {
        expect(query(term)).toContain(
          `(name:${word}* OR given_name:${word}* OR family_name:${word}*`,
        );
      }
    },
  );

  it('looks for a name that begins with several short words together', () => {
    expect(query('Bo Li')).toContain('name:Bo\\ Li*');
  });

  it('looks for a phone number however it is written', () => {
    expect(query('+49 (170) 123-456')).toContain('phone_number:\\+49170123456*');
  });

  it('puts no wildcard before fewer than three characters', () => {
    for (const term of ['a', 'ab', 'a b', '王芳']) {
      expect(query(term)).not.toMatch(/:\*/);
    }
  });

  it('is none without a word', () => {
    expect(query('   ')).toBeUndefined();
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
