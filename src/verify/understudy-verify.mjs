#!/usr/bin/env node
/**
 * Verifies an evidence pack of Understudy: alone, offline, with nothing but Node (18 or newer) and this file.
 *
 *   node understudy-verify.mjs --key 'name+id+key' evidence.json
 *
 * The key is the one that the company publishes for its ledger. It is never taken from the pack. Exit code 0: what is
 * printed is what the company's ledger held when it signed the checkpoint. 1: the pack proves nothing. 2: wrong usage.
 *
 * Written apart from the backend on purpose, so that it shares none of its mistakes.
 */
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Refused extends Error {}

/** @param {boolean} condition @param {string} sentence */
const must = (condition, sentence) => {
  if (!condition) {
    throw new Refused(sentence);
  }
};

/** @param {...(Uint8Array | string)} parts */
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest();
};

/** @param {string} text */
const readKey = (text) => {
  const [, name = '', id = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  must(bytes.length === 33 && bytes[0] === 1, 'The key is not one of a ledger: name+id+key.');
  const keyId = sha256(`${name}\n`, bytes).subarray(0, 4);
  must(
    keyId.toString('hex') === id,
    'The key does not fit its id: part of it is missing or wrong.',
  );
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, keyId, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
};

/**
 * @param {string} note
 * @param {ReturnType<typeof readKey>} signer
 */
const readCheckpoint = (note, { name, keyId, key }) => {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const isSigned = note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      if (!line.startsWith(`\u2014 ${name} `)) {
        return false;
      }
      const bytes = Buffer.from(line.slice(name.length + 3), 'base64');
      return (
        bytes.subarray(0, 4).equals(keyId) &&
        verify(null, Buffer.from(text), key, bytes.subarray(4))
      );
    });
  must(end > 0 && isSigned, 'The checkpoint was not signed with this key.');
  const [origin, size = '', root = '', ...rest] = text.split('\n');
  must(origin === name && /^[1-9]\d{0,15}$/.test(size), 'The checkpoint is of another ledger.');
  must(rest.length === 1 && rest[0] === '', 'The checkpoint has lines that are not known.');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
};

/**
 * The root that a leaf and its siblings lead to, by the tree's shape. RFC 6962 §2.1.1
 * @param {Buffer} leaf @param {number} index @param {number} size @param {Buffer[]} siblings
 * @returns {Buffer}
 */
const rootFrom = (leaf, index, size, siblings) => {
  if (size === 1) {
    must(siblings.length === 0, 'A proof is longer than its tree is high.');
    return leaf;
  }
  const sibling = siblings.at(-1);
  if (!sibling) {
    throw new Refused('A proof is shorter than its tree is high.');
  }
  const rest = siblings.slice(0, -1);
  let left = 1;
  while (left * 2 < size) {
    left *= 2;
  }
  return index < left
    ? sha256(Buffer.of(1), rootFrom(leaf, index, left, rest), sibling)
    : sha256(Buffer.of(1), sibling, rootFrom(leaf, index - left, size - left, rest));
};

/**
 * A row's text is: format, number, time, hash of the row before, content; a line each.
 * @param {string} text @param {number} index
 */
const readText = (text, index) => {
  const [format, number, time = '', , ...content] = text.split('\n');
  must(number === String(index + 1), `Row ${index + 1} says that it is row ${number}.`);
  must(
    format === '1' || format === '2',
    `Row ${number} is of a format that this program does not know.`,
  );
  return { time, content: JSON.parse(content.join('\n')) };
};

/** @param {{field: string, salt: string, value: string}[]} personal @param {Record<string, string>} commitments @param {number} number */
const readPersonal = (personal, commitments, number) =>
  Object.fromEntries(
    personal.map(({ field, salt, value }) => {
      const commitment = createHmac('sha256', salt).update(value).digest('hex');
      const fits = Object.hasOwn(commitments, field) && commitments[field] === commitment;
      must(fits, `Row ${number} does not commit to its ${field}.`);
      return [field, value];
    }),
  );

/** Text of others is printed without anything that could steer a terminal. @param {unknown} value */
const plain = (value) => String(value).replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** What a row says, in the order in which it is printed. */
const TOLD = [
  'launchId',
  'targetAppId',
  'organizationId',
  'customerId',
  'customerName',
  'customerEmail',
  'agentId',
  'endedBy',
  'approvedBy',
  'reason',
  'ticket',
  'grant',
  'policies',
  'code',
  'occurredAt',
  'sessionEndsAt',
  'landedBy',
  'confirmedBy',
  'cause',
  'verifiedBy',
  'tenantSession',
  'replacedBy',
  'withAgents',
];

/** @param {any} row @param {{size: number, root: Buffer}} checkpoint */
const verifyRow = ({ index, text, leaf, personal, pseudonyms, proof }, { size, root }) => {
  const number = index + 1;
  must(
    Number.isInteger(index) && index >= 0 && index < size,
    'A row is outside the signed ledger.',
  );
  const hash =
    text === undefined
      ? Buffer.from(leaf, 'base64')
      : sha256(Buffer.of(0), Buffer.from(text, 'utf8'));
  const siblings = proof.map((/** @type {string} */ each) => Buffer.from(each, 'base64'));
  must(
    hash.length === 32 && siblings.every((/** @type {Buffer} */ each) => each.length === 32),
    `Row ${number} has a hash of another length.`,
  );
  must(
    rootFrom(hash, index, size, siblings).equals(root),
    `Row ${number} is not in the signed ledger.`,
  );
  if (text === undefined) {
    must(personal.length === 0, `Row ${number} has values without the text that commits to them.`);
    return `row ${number}: in the ledger; its text is withheld, because it names an agent`;
  }
  const { time, content } = readText(text, index);
  const values = { ...content, ...readPersonal(personal, content.commitments, number) };
  const told = TOLD.filter((name) => values[name] !== undefined).map((name) => {
    const value = values[name];
    return `    ${name}: ${plain(typeof value === 'object' ? JSON.stringify(value) : value)}`;
  });
  const claimed = Object.entries(pseudonyms).map(
    ([field, name]) => `    ${plain(field)}: ${plain(name)} (not proven: a pseudonym)`,
  );
  return [`row ${number}, ${plain(time)}: ${plain(content.type)}`, ...told, ...claimed].join('\n');
};

/** @param {string} keyText @param {string} packText */
const verifyPack = (keyText, packText) => {
  const signer = readKey(keyText.trim());
  const pack = JSON.parse(packText);
  must(
    pack.format === 'understudy-evidence-1',
    'This is no evidence pack that this program knows.',
  );
  const checkpoint = readCheckpoint(pack.checkpoint, signer);
  const indexes = pack.rows.map((/** @type {{index: number}} */ { index }) => index);
  must(new Set(indexes).size === indexes.length, 'A row is there twice.');
  const lines = pack.rows.map((/** @type {unknown} */ row) => verifyRow(row, checkpoint));
  return { lines, size: checkpoint.size, name: signer.name };
};

const USAGE = "Usage: node understudy-verify.mjs --key 'name+id+key' evidence.json\n";

const main = () => {
  const [option, key, file, ...more] = process.argv.slice(2);
  if (option === '--help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (option !== '--key' || key === undefined || file === undefined || more.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    process.stderr.write(`${plain(file)} cannot be read.\n`);
    return 2;
  }
  try {
    const { lines, size, name } = verifyPack(key, text);
    process.stdout.write(`${lines.join('\n')}\n\n`);
    process.stdout.write(
      `VERIFIED: ${lines.length} rows, each in the ledger "${plain(name)}" of ${size} rows, as signed.\n` +
        'Not proven: that no row about this customer was left out, what a pseudonym or the name of an app stands for,\n' +
        'and that what was recorded is what happened. Compare with your own records.\n',
    );
    return 0;
  } catch (error) {
    const sentence =
      error instanceof Refused ? error.message : 'The file is damaged, or is no evidence pack.';
    process.stdout.write(`REFUSED: ${plain(sentence)}\n`);
    return 1;
  }
};

process.exitCode = main();
