import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresLedger } from '../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import { createLedgerProofs } from '../../src/backend/adapters/ledger/tree/ledger-proofs.ts';
import { readNoteSigner, verifierOf } from '../../src/backend/adapters/ledger/tree/signed-note.ts';
import { createSignerStateFile } from '../../src/backend/adapters/ledger/tree/signer-state.ts';
import { startSigning } from '../../src/backend/adapters/ledger/tree/signing-loop.ts';
import { makeEvidence } from '../../src/backend/ledger/make-evidence.ts';
import { agentIdSchema } from '../../src/contract/ids.ts';
import { connectionOf, ROLES } from '../integration/backend/ledger/postgres-cluster.ts';
import { MEASURED_CUSTOMER } from './many-rows.ts';

/**
 * A process of its own, so that its memory can be told: signs a ledger for the first time, and makes the pack of one
 * customer. Arguments: the folder of the database's socket, and the database. Prints one line of JSON.
 */
const [folder = '', database = ''] = process.argv.slice(2);

const { privateKey } = generateKeyPairSync('ed25519');
const key = readNoteSigner(
  'understudy.example.com/ledger',
  JSON.stringify(privateKey.export({ format: 'jwk' })),
);
const ledger = await openPostgresLedger(connectionOf(folder, database, ROLES.writer), {
  onHead: () => undefined,
  onConnectionLost: () => undefined,
});
const signing = startSigning({
  ledger,
  rows: ledger.rows,
  tree: ledger.tree,
  state: createSignerStateFile(join(mkdtempSync(join(tmpdir(), 'understudy-bench-')), 'state')),
  key,
  keyBefore: undefined,
  sinks: [],
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  onConflict: () => undefined,
  everyMilliseconds: 3_600_000,
});
const proofs = createLedgerProofs({
  tree: ledger.tree,
  signer: key,
  verifiers: [verifierOf(key)],
  signNow: signing.signNow,
});
const startedAt = performance.now();
await signing.signNow();
const signedAt = performance.now();
const pack = await makeEvidence(
  { ledger, proofs, appName: async () => 'Shop', clock: () => new Date() },
  {
    agent: { id: agentIdSchema.parse('auth0|auditor'), permissions: [] },
    agentIp: '203.0.113.9',
    requestId: 'bench',
  },
  { customerId: MEASURED_CUSTOMER, since: new Date(0), withAgents: false },
);
const madeAt = performance.now();
await signing.stop();
await ledger.close();
process.stdout.write(
  `${JSON.stringify({
    signSeconds: (signedAt - startedAt) / 1000,
    packMilliseconds: madeAt - signedAt,
    rows: pack?.rows.length ?? 0,
  })}\n`,
);
