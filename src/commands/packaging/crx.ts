import { type KeyObject, sign } from 'node:crypto';
import { idBytes, publicKeyDer } from './extension-id.ts';

const MAGIC = Buffer.from('Cr24');
const VERSION = 3;
const CONTEXT = Buffer.from('CRX3 SignedData\0');
/** Numbers of the fields in Chromium's `crx3.proto`. */
const FIELDS = { rsaProof: 2, publicKey: 1, signature: 2, signedData: 10_000, crxId: 1 } as const;
/** Protocol Buffers' wire type of what has a length. */
const LENGTH_DELIMITED = 2;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A number in Protocol Buffers' variable length: seven bits a byte, the last without the high bit. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let left = value;
  while (left > 0x7f) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
};

const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([varint((number << 3) | LENGTH_DELIMITED), varint(content.length), content]);

/**
 * Makes a signed package that Chromium installs, and updates only by one with the same key. The same archive and
 * key give the same bytes: RSA signatures of PKCS #1 v1.5 have no random part.
 * @see Chromium, `components/crx_file/crx3.proto`
 */
export const makeCrx = (archive: Uint8Array, privateKey: KeyObject): Buffer => {
  const publicKey = publicKeyDer(privateKey);
  const signedData = field(FIELDS.crxId, idBytes(publicKey));
  const signed = Buffer.concat([CONTEXT, uint32(signedData.length), signedData, archive]);
  const proof = Buffer.concat([
    field(FIELDS.publicKey, publicKey),
    field(FIELDS.signature, sign('sha256', signed, privateKey)),
  ]);
  const header = Buffer.concat([
    field(FIELDS.rsaProof, proof),
    field(FIELDS.signedData, signedData),
  ]);
  return Buffer.concat([MAGIC, uint32(VERSION), uint32(header.length), header, archive]);
};
