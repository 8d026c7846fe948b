import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import {
  formatVerifier,
  readNoteSigner,
  verifierOf,
} from '../../../../src/backend/adapters/ledger/tree/signed-note.ts';
import { evidencePage } from '../../../../src/backend/ledger/evidence-page.ts';
import { makeEvidence } from '../../../../src/backend/ledger/make-evidence.ts';
import { inRepository } from '../../../../src/commands/repository.ts';
import type { EvidencePack } from '../../../../src/contract/evidence.ts';
import { agentId, customerId } from '../../../unit/backend/fixtures.ts';
import { claimRow, issuedRow } from './ledger-rows.ts';
import { signedLedger } from './signed-ledger.ts';
import { STORES } from './stores.ts';

const newKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
  return readNoteSigner('understudy.example.com/ledger', jwk);
};
const KEY = newKey();
const NORA = customerId('auth0|nora');
const CALLER = {
  agent: { id: agentId('auth0|auditor'), permissions: [], attributes: {} },
  agentIp: '203.0.113.9',
  requestId: 'r-9',
};
const SINCE = new Date('2020-01-01T00:00:00Z');

/** The verifier, in a folder with nothing else. */
const alone = mkdtempSync(join(tmpdir(), 'understudy-verify-'));
cpSync(inRepository('src/verify/understudy-verify.mjs'), join(alone, 'understudy-verify.mjs'));

const verify = (
  pack: string,
  key = formatVerifier(verifierOf(KEY)),
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    writeFileSync(join(alone, 'evidence.json'), pack);
    const args = ['understudy-verify.mjs', '--key', key, 'evidence.json'];
    execFile(
      process.execPath,
      args,
      { cwd: alone, env: { NODE_ENV: 'production' } },
      (error, stdout) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout });
      },
    );
  });

it('the verifier tells a file that it cannot read from a pack that it refuses', async () => {
  const args = ['understudy-verify.mjs', '--key', formatVerifier(verifierOf(KEY)), 'nowhere.json'];
  await expect(
    promisify(execFile)(process.execPath, args, { cwd: alone, env: { NODE_ENV: 'production' } }),
  ).rejects.toMatchObject({
    code: 2,
    stderr: 'nowhere.json cannot be read.\n',
  });
});

describe.each(STORES)('an evidence pack of a ledger in $name', (store) => {
  let ledger: SqlLedger;
  let pack: EvidencePack;
  let named: EvidencePack;
  beforeAll(async () => {
    if (!store.isThere) {
      return;
    }
    await store.start();
    const stored = await store.newLedger();
    ledger = await stored.open();
    for (let count = 0; count < 3; count += 1) {
      await ledger.claim(claimRow());
    }
    const claim = claimRow({ customerId: NORA, reason: 'Cannot see <b>the</b> invoice\u202e' });
    await ledger.claim(claim);
    await ledger.claim(claimRow());
    const { launchId } = claim.launch;
    await ledger.advance(issuedRow(launchId));
    await ledger.advance({
      type: 'launch_ended',
      launchId,
      requestId: 'r-3',
      occurredAt: new Date(),
      cause: 'agent',
      endedBy: agentId('auth0|agent'),
      verifiedBy: 'tenant',
      tenantSession: 'gone',
    });
    await ledger.claim(claimRow());
    const { signing, proofs } = signedLedger(ledger, KEY);
    const make = (withAgents: boolean) =>
      makeEvidence(
        { ledger, proofs, appName: async () => 'Shop', clock: () => new Date() },
        CALLER,
        { customerId: NORA, since: SINCE, withAgents },
      );
    pack = (await make(false)) as EvidencePack;
    named = (await make(true)) as EvidencePack;
    await signing.stop();
  });
  afterAll(async () => {
    await ledger?.close();
    await store.stop();
  });
  beforeEach((context) => {
    context.skip(!store.isThere, 'PostgreSQL is not installed');
  });

  it('an evidence pack has this customer’s rows, and the row that it was made', () => {
    const types = pack.rows.map(
      ({ text = '' }) => JSON.parse(text.split('\n').slice(4).join()).type,
    );
    expect(types).toEqual(['launch_requested', 'launch_issued', 'launch_ended', 'evidence_made']);
  });

  it('an evidence pack names no agent and no address, and the agent by one pseudonym', () => {
    const text = JSON.stringify(pack);
    expect(text).not.toMatch(/auth0\|(?!nora)|203\.0\.113/);
    const names = pack.rows.flatMap(({ pseudonyms }) => Object.values(pseudonyms));
    // The agent who began and ended the launch, and the person who made the pack.
    expect(new Set(names).size).toBe(2);
    expect(names[0]).toMatch(/^staff-[0-9a-f]{12}$/);
  });

  it('an evidence pack that names agents says in the ledger that it does', async () => {
    expect(JSON.stringify(named)).toContain('auth0|agent');
    expect(JSON.stringify(named)).not.toContain('203.0.113');
    const last = named.rows.at(-1)?.text ?? '';
    expect(last).toContain('"withAgents":true');
  });

  it('an evidence pack is verified by a file that stands alone', async () => {
    const { code, output } = await verify(JSON.stringify(pack));
    expect(output).toContain(
      'VERIFIED: 4 rows, each in the ledger "understudy.example.com/ledger" of',
    );
    expect(output).toContain('reason: Cannot see <b>the</b> invoice\ufffd');
    expect(output).toContain('Not proven: that no row about this customer was left out');
    expect(code).toBe(0);
    expect((await verify(JSON.stringify(named))).code).toBe(0);
  });

  it('an evidence pack is refused with another key', async () => {
    const { code, output } = await verify(
      JSON.stringify(pack),
      formatVerifier(verifierOf(newKey())),
    );
    expect(output).toContain('REFUSED: The checkpoint was not signed with this key.');
    expect(code).toBe(1);
  });

  it('an evidence pack with one changed character in what it proves is refused', async () => {
    const change = (edit: (copy: EvidencePack) => EvidencePack) => JSON.stringify(edit(pack));
    const [first] = pack.rows;
    if (!first) {
      return;
    }
    const withFirst = (row: object) =>
      change((copy) => ({ ...copy, rows: [{ ...first, ...row }, ...copy.rows.slice(1)] }));
    const flip = (text = '') => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`;
    const edited = [
      withFirst({ text: first.text?.replace('shop', 'shoq') }),
      withFirst({ index: first.index + 1 }),
      withFirst({ proof: [flip(first.proof[0]), ...first.proof.slice(1)] }),
      withFirst({ proof: first.proof.slice(1) }),
      withFirst({ personal: first.personal.map((each) => ({ ...each, value: `${each.value}.` })) }),
      withFirst({ personal: [{ field: 'agentIp', salt: 'x', value: '198.51.100.1' }] }),
      change((copy) => ({ ...copy, checkpoint: copy.checkpoint.replace(/\n(\d+)\n/, '\n99\n') })),
      change((copy) => ({ ...copy, rows: [...copy.rows, first] })),
      '{}',
    ];
    for (const text of edited) {
      const { code, output } = await verify(text);
      expect(output).toContain('REFUSED');
      expect(code).toBe(1);
    }
  });

  it('an evidence page counts once as “time” and not as “times”', () => {
    const page = evidencePage(pack, formatVerifier(verifierOf(KEY)));
    expect(page).toContain('<b>1</b>time somebody could sign in as you');
    expect(page).toContain('<b>0</b>attempts that were refused or failed');
  });

  it('an evidence page loads nothing, and text of others is only text', () => {
    const page = evidencePage(pack, formatVerifier(verifierOf(KEY)));
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;sha256-');
    expect(page).toContain('Cannot see &lt;b&gt;the&lt;/b&gt; invoice');
    expect(page).not.toMatch(/<(?:script|img|link|iframe|a)\b|https?:\/\/|url\(/);
    expect(page).toContain('ended by the member of staff at');
    expect(page).not.toContain('auth0|agent');
  });
});
