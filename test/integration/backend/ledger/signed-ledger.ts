import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { createLedgerProofs } from '../../../../src/backend/adapters/ledger/tree/ledger-proofs.ts';
import {
  type NoteSigner,
  verifierOf,
} from '../../../../src/backend/adapters/ledger/tree/signed-note.ts';
import { createSignerStateFile } from '../../../../src/backend/adapters/ledger/tree/signer-state.ts';
import { startSigning } from '../../../../src/backend/adapters/ledger/tree/signing-loop.ts';

/** Signs a ledger when asked, and hardly ever by itself; gives what proves its rows. */
export const signedLedger = (ledger: SqlLedger, key: NoteSigner) => {
  const signing = startSigning({
    ledger,
    rows: ledger.rows,
    tree: ledger.tree,
    state: createSignerStateFile(join(mkdtempSync(join(tmpdir(), 'signer-')), 'state.json')),
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
  return { signing, proofs };
};
