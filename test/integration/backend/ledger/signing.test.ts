import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { openCheckpoint } from '../../../../src/backend/adapters/ledger/tree/checkpoint.ts';
import { createLedgerProofs } from '../../../../src/backend/adapters/ledger/tree/ledger-proofs.ts';
import { resumeLedger } from '../../../../src/backend/adapters/ledger/tree/resume.ts';
import {
  type NoteSigner,
  openNote,
  readNoteSigner,
  verifierOf,
} from '../../../../src/backend/adapters/ledger/tree/signed-note.ts';
import { createSignerStateFile } from '../../../../src/backend/adapters/ledger/tree/signer-state.ts';
import { startSigning } from '../../../../src/backend/adapters/ledger/tree/signing-loop.ts';
import {
  type CheckpointSink,
  createFolderSink,
  createWebhookSink,
} from '../../../../src/backend/adapters/ledger/tree/sinks.ts';
import { provesConsistency } from '../../../../src/backend/adapters/ledger/tree/verify-proof.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { claimRow } from './ledger-rows.ts';
import { STORES, type StoredLedger } from './stores.ts';

const newKey = (): NoteSigner => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
  return readNoteSigner('understudy.example.com/ledger', jwk);
};
const KEY = newKey();

/** No backend signs twice within a test's time by itself. */
const NEVER_MILLISECONDS = 3_600_000;

describe.each(STORES)('a signed ledger in $name', (store) => {
  beforeAll(() => (store.isThere ? store.start() : undefined));
  afterAll(() => store.stop());

  let stored: StoredLedger;
  let ledger: SqlLedger;
  let stateFile: string;
  let events: string[];
  beforeEach(async (context) => {
    context.skip(!store.isThere, 'PostgreSQL is not installed');
    stored = await store.newLedger();
    ledger = await stored.open();
    stateFile = join(mkdtempSync(join(tmpdir(), 'understudy-signer-')), 'state.json');
    events = [];
    return () => ledger.close();
  });

  const note = (event: string) => {
    events.push(event);
  };
  const signer = (
    options: { key?: NoteSigner; keyBefore?: NoteSigner; sinks?: readonly CheckpointSink[] } = {},
  ) =>
    startSigning({
      ledger,
      rows: ledger.rows,
      tree: ledger.tree,
      state: createSignerStateFile(stateFile),
      key: options.key ?? KEY,
      keyBefore: options.keyBefore,
      sinks: options.sinks ?? [],
      log: { info: note, warn: note, error: note },
      onConflict: () => note('alarm'),
      everyMilliseconds: NEVER_MILLISECONDS,
    });
  const signOnce = async (options?: Parameters<typeof signer>[0]): Promise<void> => {
    const signing = signer(options);
    await signing.signNow();
    await signing.stop();
  };
  const addRows = async (count: number): Promise<void> => {
    for (let each = 0; each < count; each += 1) {
      await ledger.claim(claimRow());
    }
  };
  const newest = async (key = KEY) => {
    const found = await ledger.tree.newest();
    return found && openCheckpoint(found.note, [verifierOf(key)]);
  };
  const tamper = async (sql: string): Promise<void> => {
    await ledger.close();
    await stored.tamper(sql);
    ledger = await stored.open();
  };

  it('a signed ledger has a checkpoint of every row, which verification accepts', async () => {
    await addRows(5);
    await signOnce();
    const checkpoint = await newest();
    expect(checkpoint?.size).toBe(5);
    expect(await verifyLedger(ledger, { checkpoint })).toMatchObject({ intact: true, rows: 5 });
  });

  it('a signed ledger proves each row, and that each checkpoint continues the ones before', async () => {
    const proofs = createLedgerProofs({
      tree: ledger.tree,
      signer: KEY,
      verifiers: [verifierOf(KEY)],
      signNow: signer().signNow,
    });
    const checkpoints = [];
    for (const rows of [1, 2, 3, 7]) {
      await addRows(rows);
      checkpoints.push(await proofs.checkpoint());
    }
    const last = checkpoints.at(-1);
    expect(checkpoints.map((each) => each?.size)).toEqual([1, 3, 6, 13]);
    if (!last) {
      return;
    }
    for await (const row of ledger.rows()) {
      expect((await proofs.inclusion(row, last)).path.length).toBeGreaterThan(0);
    }
    for (const from of checkpoints) {
      if (!from) {
        continue;
      }
      const proof = await proofs.consistency(from.size, last);
      const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
      expect(provesConsistency({ from, to: last }, hashes)).toBe(true);
    }
  });

  it('a ledger without rows, or without new ones, is not signed again', async () => {
    await signOnce();
    expect(await newest()).toBeUndefined();
    await addRows(2);
    await signOnce();
    const first = readFileSync(stateFile, 'utf8');
    await signOnce();
    expect(readFileSync(stateFile, 'utf8')).toBe(first);
  });

  it.each([
    [
      'truncated',
      'DELETE FROM ledger_personal WHERE seq > 3; DELETE FROM ledger_customers WHERE seq > 3; DELETE FROM launches WHERE first_seq > 3; DELETE FROM ledger WHERE seq > 3',
    ],
    [
      'rewritten in one row',
      "UPDATE ledger SET content = replace(content, 'shop', 'desk') WHERE seq = 2; UPDATE launches SET target_app_id = 'desk' WHERE first_seq = 2",
    ],
  ])('a ledger that its owner has %s is found by its checkpoint', async (_name, sql) => {
    await addRows(5);
    await signOnce();
    const checkpoint = await newest();
    await tamper(sql);
    expect(await verifyLedger(ledger, { checkpoint })).toMatchObject({ intact: false });
  });

  /** The last row is rewritten, and with it every hash that depends on it: the chain alone fits again. */
  const RECHAIN = `
    UPDATE launches SET target_app_id = 'desk' WHERE first_seq = 5;
    UPDATE ledger SET content = replace(content, 'shop', 'desk') WHERE seq = 5;
    UPDATE ledger SET hash = encode(sha256(convert_to(hash_version || E'\\n' || seq || E'\\n' || recorded_at
      || E'\\n' || previous_hash || E'\\n' || content, 'UTF8')), 'hex') WHERE seq = 5`;

  it('a ledger that its owner has chained anew is found by its checkpoint alone', async () => {
    await addRows(5);
    await signOnce();
    const checkpoint = await newest();
    await tamper(RECHAIN);
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    expect(await verifyLedger(ledger, { checkpoint })).toMatchObject({ intact: false, row: 5 });
  });

  it('a signer stops, and says so once, when the ledger is no continuation of what it signed', async () => {
    await addRows(5);
    await signOnce();
    const before = readFileSync(stateFile, 'utf8');
    await tamper(RECHAIN);
    await addRows(1);
    const signing = signer();
    await signing.signNow();
    await signing.signNow();
    await signing.stop();
    expect(events).toEqual(['ledger_conflict', 'alarm']);
    expect(readFileSync(stateFile, 'utf8')).toBe(before);
    expect((await newest())?.size).toBe(5);
  });

  it('a signer that has lost its file goes by the checkpoint in the database', async () => {
    await addRows(5);
    await signOnce();
    rmSync(stateFile);
    await addRows(1);
    await signOnce();
    expect((await newest())?.size).toBe(6);
    rmSync(stateFile);
    await tamper(RECHAIN);
    await signOnce();
    expect(events).toEqual(['ledger_conflict', 'alarm']);
  });

  it('a signer whose file is damaged signs nothing', async () => {
    await addRows(1);
    writeFileSync(stateFile, '{');
    await signOnce();
    expect(events).toEqual(['checkpoint_failed']);
    expect(await newest()).toBeUndefined();
  });

  it('a signer that died after its file and before the database goes on with the same checkpoint', async () => {
    await addRows(3);
    await signOnce();
    await tamper('DELETE FROM checkpoints; DELETE FROM ledger_tree');
    await signOnce();
    expect((await newest())?.size).toBe(3);
    expect(events).toEqual([]);
  });

  it('a restored ledger is signed again once an operator says so, and a row says what was given up', async () => {
    await addRows(5);
    await signOnce();
    await tamper(
      'DELETE FROM checkpoints; DELETE FROM ledger_tree; DELETE FROM ledger_personal WHERE seq > 3; DELETE FROM ledger_customers WHERE seq > 3; DELETE FROM launches WHERE first_seq > 3; DELETE FROM ledger WHERE seq > 3',
    );
    await signOnce();
    expect(events).toEqual(['ledger_conflict', 'alarm']);
    const abandoned = await resumeLedger(ledger, createSignerStateFile(stateFile), new Date());
    await signOnce();
    expect((await newest())?.size).toBe(4);
    const contents: string[] = [];
    for await (const { content } of ledger.rows(3)) {
      contents.push(content);
    }
    expect(contents).toHaveLength(1);
    expect(JSON.parse(contents[0] ?? '')).toMatchObject({
      type: 'ledger_resumed',
      abandonedCheckpoint: abandoned,
    });
  });

  it('a new key is endorsed by the one before it in a row, before it signs', async () => {
    await addRows(2);
    await signOnce();
    const next = newKey();
    await signOnce({ key: next, keyBefore: KEY });
    expect((await newest(next))?.size).toBe(3);
    for await (const { content } of ledger.rows(2)) {
      const { type, endorsement } = JSON.parse(content);
      expect(type).toBe('ledger_key_endorsed');
      expect(openNote(endorsement, [verifierOf(KEY)])?.text).toContain(next.name);
    }
    await addRows(1);
    await signOnce({ key: next });
    expect((await newest(next))?.size).toBe(4);
  });

  it('a new key that the one before it does not endorse signs nothing', async () => {
    await addRows(2);
    await signOnce();
    await signOnce({ key: newKey() });
    expect(events).toEqual(['ledger_conflict', 'alarm']);
  });

  it('one of two processes that share a ledger signs it', async () => {
    await addRows(2);
    const other = await stored.open().catch(() => undefined);
    // The embedded ledger takes one process anyway.
    if (!other) {
      return;
    }
    await other.holdDuty('sign', 60_000);
    await signOnce();
    expect(await newest()).toBeUndefined();
    await other.close();
  });

  it('a process that stops signing leaves the next signing to whichever process asks first', async () => {
    await addRows(2);
    await signOnce();
    const other = await stored.open().catch(() => undefined);
    // The embedded ledger takes one process anyway.
    if (!other) {
      return;
    }
    expect(await other.holdDuty('sign', 60_000)).toBe(true);
    await other.close();
  });

  it('checkpoints go to a folder and to other systems; one that fails gets the newest at the next try', async () => {
    const received: string[] = [];
    let isUp = false;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (isUp) {
          received.push(Buffer.concat(parts).toString());
        }
        response.writeHead(isUp ? 204 : 500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const folder = join(mkdtempSync(join(tmpdir(), 'understudy-sink-')), 'checkpoints');
    const sinks = [createFolderSink(folder), createWebhookSink(`http://127.0.0.1:${port}/`)];
    const signing = signer({ sinks });
    await addRows(1);
    await signing.signNow();
    expect(events).toEqual(['checkpoint_not_sent']);
    expect(existsSync(join(folder, '1.checkpoint'))).toBe(true);
    isUp = true;
    await signing.signNow();
    await signing.stop();
    expect(received).toEqual([readFileSync(join(folder, 'latest'), 'utf8')]);
    server.close();
  });
});
