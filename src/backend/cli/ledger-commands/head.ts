import { UsageError } from '../../../command-line/usage-error.ts';
import type { LedgerHead } from '../../adapters/ledger/rows/appended-row.ts';

/** Reads a head as the backend logs it. @throws {UsageError} */
export const headOf = (text: string): LedgerHead => {
  const [, seq = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!Number.isSafeInteger(Number(seq || Number.NaN))) {
    throw new UsageError('--head must be SEQ:HASH, for example 42:9f…');
  }
  return { seq: Number(seq), hash };
};
