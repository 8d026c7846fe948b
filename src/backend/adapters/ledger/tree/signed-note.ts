import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** A key that signs notes under a name. */
export type NoteSigner = { readonly name: string; readonly privateKey: KeyObject };

/** A key that verifies notes of a name. */
export type NoteVerifier = {
  readonly name: string;
  /** The 32 bytes of an Ed25519 public key. */
  readonly publicKey: Buffer;
};

/** A key cannot sign or verify notes. The message says what is wrong, and holds nothing of the key. */
export class NoteKeyError extends Error {
  override readonly name = 'NoteKeyError';
}

/** The signature type of Ed25519. @see C2SP signed-note */
const ED25519 = Buffer.of(1);
/** What stands before the 32 bytes of an Ed25519 public key in its DER form. @see RFC 8410 §4 */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_MARK = '\u2014 ';

const isName = (name: string): boolean => /^[^\s+]+$/.test(name);

const keyId = ({ name, publicKey }: NoteVerifier): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(ED25519)
    .update(publicKey)
    .digest()
    .subarray(0, 4);

/** Makes the verifier that goes with a signer. */
export const verifierOf = ({ name, privateKey }: NoteSigner): NoteVerifier => {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { name, publicKey: der.subarray(DER_PREFIX.length) };
};

/** Reads a private Ed25519 key, a JWK. @throws {NoteKeyError} */
export const readNoteSigner = (name: string, text: string): NoteSigner => {
  if (!isName(name)) {
    throw new NoteKeyError('The name of a key has no space and no plus sign.');
  }
  try {
    const privateKey = createPrivateKey({ key: JSON.parse(text), format: 'jwk' });
    if (privateKey.asymmetricKeyType === 'ed25519') {
      return { name, privateKey };
    }
  } catch {
    // What the parser says could quote the key.
  }
  throw new NoteKeyError('The key is not a private JWK of type Ed25519.');
};

/** Writes a verifier as people pass it on: `name+id+key`. @see C2SP signed-note */
export const formatVerifier = (verifier: NoteVerifier): string => {
  const key = Buffer.concat([ED25519, verifier.publicKey]).toString('base64');
  return `${verifier.name}+${keyId(verifier).toString('hex')}+${key}`;
};

/** Reads what {@link formatVerifier} wrote. @throws {NoteKeyError} */
export const readVerifier = (text: string): NoteVerifier => {
  const [, name = '', id, key = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(key, 'base64');
  const verifier = { name, publicKey: bytes.subarray(1) };
  if (bytes.length !== 33 || bytes[0] !== ED25519[0] || keyId(verifier).toString('hex') !== id) {
    throw new NoteKeyError('The key is not of the form name+id+key with an Ed25519 key.');
  }
  return verifier;
};

/** Derives a second secret from a signer's key, and from it a short name for any id. @see RFC 5869 */
export const pseudonymsOf = ({ name, privateKey }: NoteSigner): ((id: string) => string) => {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const secret = Buffer.from(hkdfSync('sha256', der, name, 'pseudonyms', 32));
  return (id) => `staff-${createHmac('sha256', secret).update(id).digest('hex').slice(0, 12)}`;
};

/** Signs a text, which must end in a line feed. */
export const signNote = (text: string, signer: NoteSigner): string => {
  const signature = sign(null, Buffer.from(text, 'utf8'), signer.privateKey);
  const signed = Buffer.concat([keyId(verifierOf(signer)), signature]).toString('base64');
  return `${text}\n${SIGNATURE_MARK}${signer.name} ${signed}\n`;
};

const isSignedBy = (text: string, line: string, verifier: NoteVerifier): boolean => {
  const [name, signed = '', more] = line.slice(SIGNATURE_MARK.length).split(' ');
  const bytes = Buffer.from(signed, 'base64');
  if (name !== verifier.name || more !== undefined) {
    return false;
  }
  if (bytes.toString('base64') !== signed || !bytes.subarray(0, 4).equals(keyId(verifier))) {
    return false;
  }
  const key = createPublicKey({
    key: Buffer.concat([DER_PREFIX, verifier.publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text, 'utf8'), key, bytes.subarray(4));
};

/** Gives the text of a note that one of the verifiers signed, and which; signatures of others are passed over. */
export const openNote = (
  note: string,
  verifiers: readonly NoteVerifier[],
): { readonly text: string; readonly signedBy: NoteVerifier } | undefined => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) {
    return undefined;
  }
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (!lines.every((line) => line.startsWith(SIGNATURE_MARK))) {
    return undefined;
  }
  const signedBy = verifiers.find((verifier) =>
    lines.some((line) => isSignedBy(text, line, verifier)),
  );
  return signedBy && { text, signedBy };
};
