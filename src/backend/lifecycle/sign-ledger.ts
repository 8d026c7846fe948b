import type { SqlLedger } from '../adapters/ledger/sql-ledger.ts';
import { createLedgerProofs } from '../adapters/ledger/tree/ledger-proofs.ts';
import {
  type NoteSigner,
  readNoteSigner,
  verifierOf,
} from '../adapters/ledger/tree/signed-note.ts';
import { createSignerStateFile } from '../adapters/ledger/tree/signer-state.ts';
import { type Signing, startSigning } from '../adapters/ledger/tree/signing-loop.ts';
import {
  type CheckpointSink,
  createFolderSink,
  createLogSink,
  createTimestampSink,
  createWebhookSink,
} from '../adapters/ledger/tree/sinks.ts';
import type { Config } from '../config/config.ts';
import type { LedgerProofs } from '../ports/ledger-proofs.ts';
import type { Log } from '../ports/log.ts';

const SIGN_MILLISECONDS = 60_000;

/** The name that the ledger's checkpoints carry. */
export const ledgerName = ({ publicOrigin }: Pick<Config, 'publicOrigin'>): string =>
  `${new URL(publicOrigin).host}/ledger`;

const sinksOf = (
  { folder, webhook, timestampAuthority }: NonNullable<Config['ledger']['checkpoints']>,
  log: Log,
): readonly CheckpointSink[] => [
  createLogSink((size, note) => log.info('ledger_checkpoint', { size, note })),
  ...(folder === undefined ? [] : [createFolderSink(folder)]),
  ...(webhook === undefined ? [] : [createWebhookSink(webhook)]),
  ...(timestampAuthority === undefined || folder === undefined
    ? []
    : [createTimestampSink(timestampAuthority, folder)]),
];

/** A ledger whose state is signed. */
export type SignedLedgerParts = {
  readonly proofs: LedgerProofs;
  readonly signing: Signing;
};

/** Begins to sign the ledger as the configuration says; `undefined` where it says nothing of checkpoints. */
export const signLedger = (
  config: Pick<Config, 'ledger' | 'secrets' | 'publicOrigin'>,
  ledger: SqlLedger,
  log: Log,
  onConflict: () => void,
): SignedLedgerParts | undefined => {
  const { checkpoints } = config.ledger;
  const { ledgerKey, ledgerKeyBefore } = config.secrets;
  if (checkpoints === undefined || ledgerKey === undefined) {
    return undefined;
  }
  const name = ledgerName(config);
  const key = readNoteSigner(name, ledgerKey);
  const keyBefore: NoteSigner | undefined =
    ledgerKeyBefore === undefined ? undefined : readNoteSigner(name, ledgerKeyBefore);
  const signing = startSigning({
    ledger,
    rows: ledger.rows,
    tree: ledger.tree,
    state: createSignerStateFile(checkpoints.stateFile),
    key,
    keyBefore,
    sinks: sinksOf(checkpoints, log),
    log,
    onConflict,
    everyMilliseconds: SIGN_MILLISECONDS,
  });
  const verifiers = [
    verifierOf(key),
    ...(keyBefore === undefined ? [] : [verifierOf(keyBefore)]),
  ] as const;
  return {
    proofs: createLedgerProofs({
      tree: ledger.tree,
      signer: key,
      verifiers,
      signNow: signing.signNow,
    }),
    signing,
  };
};
