import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  openCheckpoint,
  signCheckpoint,
} from '../../../../../../src/backend/adapters/ledger/tree/checkpoint.ts';
import {
  formatVerifier,
  openNote,
  readNoteSigner,
  readVerifier,
  verifierOf,
} from '../../../../../../src/backend/adapters/ledger/tree/signed-note.ts';

/** The key and the note of the specification's example. @see golang.org/x/mod/sumdb/note */
const EXAMPLE_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const EXAMPLE_TEXT =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n';
const EXAMPLE_SIGNATURE =
  'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
const exampleNote = (text: string): string => `${text}\n\u2014 PeterNeumann ${EXAMPLE_SIGNATURE}\n`;

const newSigner = (name = 'understudy.example.com/ledger') => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return readNoteSigner(name, JSON.stringify(privateKey.export({ format: 'jwk' })));
};

describe('a signed note', () => {
  it('of the specification is verified', () => {
    const verifier = readVerifier(EXAMPLE_KEY);
    const text = EXAMPLE_TEXT.replace('’', "'");
    expect(openNote(exampleNote(text), [verifier])?.text).toBe(text);
    expect(formatVerifier(verifier)).toBe(EXAMPLE_KEY);
  });

  it('of the specification is refused when one letter of its text differs', () => {
    const text = EXAMPLE_TEXT.replace('’', "'").replace('answer', 'Answer');
    expect(openNote(exampleNote(text), [readVerifier(EXAMPLE_KEY)])).toBeUndefined();
  });

  it.each([
    ['another key', 'not a JWK'],
    [
      'a key of another type',
      JSON.stringify(
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
      ),
    ],
  ])('is not signed with %s, and the error does not repeat it', (_name, text) => {
    expect(() => readNoteSigner('name', text)).toThrow('not a private JWK of type Ed25519');
  });

  it.each([
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann',
    '',
  ])('has no key in the text %j', (text) => {
    expect(() => readVerifier(text)).toThrow('not of the form name+id+key');
  });
});

describe('a checkpoint', () => {
  const signer = newSigner();
  const root = Buffer.alloc(32, 7);
  const note = signCheckpoint({ size: 42, root }, signer);

  it('has the form of the specification', () => {
    const [origin, size, hash, blank, signature] = note.split('\n');
    expect(origin).toBe('understudy.example.com/ledger');
    expect(size).toBe('42');
    expect(hash).toBe('BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=');
    expect(blank).toBe('');
    expect(signature).toMatch(/^— understudy\.example\.com\/ledger [A-Za-z0-9+/]+=*$/);
  });

  it('is opened with its key', () => {
    expect(openCheckpoint(note, [verifierOf(signer)])).toEqual({ size: 42, root });
  });

  it('that further parties signed is opened with its key', () => {
    const cosigned = `${note}\u2014 witness.example AAAA\n`;
    expect(openCheckpoint(cosigned, [verifierOf(signer)])?.size).toBe(42);
  });

  it.each([
    ['another key of the same name', note, newSigner()],
    ['another size', note.replace('\n42\n', '\n41\n'), signer],
    ['another root', note.replace('BwcH', 'AwcH'), signer],
    ['a size that begins with a zero', note.replace('\n42\n', '\n042\n'), signer],
    ['text before it', `x\n${note}`, signer],
    ['no signature', note.slice(0, note.indexOf('\n\n') + 2), signer],
    ['nothing in it', '', signer],
  ])('is refused with %s', (_name, text, key) => {
    expect(openCheckpoint(text, [verifierOf(key)])).toBeUndefined();
  });

  it('of another ledger that has the same key is refused', () => {
    const other = { ...signer, name: 'other.example/ledger' };
    const theirs = signCheckpoint({ size: 42, root }, other);
    expect(openCheckpoint(theirs, [verifierOf(signer)])).toBeUndefined();
  });
});
