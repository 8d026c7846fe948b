import { generateKeyPairSync } from 'node:crypto';
import { openPostgresLedger } from '../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import { readNoteSigner } from '../../src/backend/adapters/ledger/tree/signed-note.ts';
import { makeEvidence } from '../../src/backend/ledger/make-evidence.ts';
import { agentIdSchema } from '../../src/contract/ids.ts';
import { connectionOf, ROLES } from '../integration/backend/ledger/postgres-cluster.ts';
import { signedLedger } from '../integration/backend/ledger/signed-ledger.ts';
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
const { signing, proofs } = signedLedger(ledger, key);
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
