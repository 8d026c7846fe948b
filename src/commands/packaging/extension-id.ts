import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** The public half of an extension's key as browsers read it: SubjectPublicKeyInfo in DER. */
export const publicKeyDer = (privateKey: KeyObject): Buffer =>
  createPublicKey(privateKey).export({ type: 'spki', format: 'der' });

/** The first 16 bytes of the public key's SHA-256: what an extension's id is made of. */
export const idBytes = (publicKey: Buffer): Buffer =>
  createHash('sha256').update(publicKey).digest().subarray(0, 16);

/**
 * The id that Chromium gives to an extension with this public key: 32 letters from a to p.
 * @see Chromium, "Manifest key"
 */
export const extensionIdOf = (publicKey: Buffer): string =>
  [...idBytes(publicKey).toString('hex')]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('');
