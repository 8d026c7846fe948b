import { generateKeyPairSync, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeCrx } from '../../../../src/commands/packaging/crx.ts';
import { extensionIdOf, publicKeyDer } from '../../../../src/commands/packaging/extension-id.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ARCHIVE = Buffer.from('the archive');

/** Reads the fields of a message of Protocol Buffers that only has fields with a length. */
const fieldsOf = (message: Buffer): ReadonlyMap<number, Buffer> => {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  while (at < message.length) {
    const number = varint() >> 3;
    const length = varint();
    fields.set(number, message.subarray(at, at + length));
    at += length;
  }
  return fields;
};

const read = (crx: Buffer) => {
  const headerLength = crx.readUInt32LE(8);
  const header = fieldsOf(crx.subarray(12, 12 + headerLength));
  return {
    magic: crx.toString('latin1', 0, 4),
    version: crx.readUInt32LE(4),
    proof: fieldsOf(header.get(2) ?? Buffer.alloc(0)),
    signedData: header.get(10_000) ?? Buffer.alloc(0),
    archive: crx.subarray(12 + headerLength),
  };
};

it('a package carries the archive and the public key, and is signed over the id and the archive', () => {
  const { magic, version, proof, signedData, archive } = read(makeCrx(ARCHIVE, privateKey));
  expect({ magic, version }).toEqual({ magic: 'Cr24', version: 3 });
  expect(archive).toEqual(ARCHIVE);
  expect(proof.get(1)).toEqual(publicKeyDer(privateKey));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signedData.length);
  const signed = Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signedData, archive]);
  expect(verify('sha256', signed, publicKey, proof.get(2) ?? Buffer.alloc(0))).toBe(true);
});

it('a package names the id that Chromium derives from the key', () => {
  const id =
    fieldsOf(read(makeCrx(ARCHIVE, privateKey)).signedData)
      .get(1)
      ?.toString('hex') ?? '';
  const letters = [...id].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
  expect(letters.join('')).toBe(extensionIdOf(publicKeyDer(privateKey)));
});

it('the same archive and key give the same bytes', () => {
  expect(makeCrx(ARCHIVE, privateKey)).toEqual(makeCrx(ARCHIVE, privateKey));
});
