import type { Ledger } from '../../../ports/ledger.ts';
import type { Log } from '../../../ports/log.ts';
import { releaseDuty } from '../../../ports/release-duty.ts';
import { openCheckpoint } from './checkpoint.ts';
import {
  formatVerifier,
  type NoteSigner,
  type NoteVerifier,
  signNote,
  verifierOf,
} from './signed-note.ts';
import { LedgerConflictError, type SignerOptions, signLedger } from './signer.ts';
import type { CheckpointSink } from './sinks.ts';

const DUTY = 'sign';

/** What {@link startSigning} works with. */
export type SigningLoopOptions = Omit<SignerOptions, 'keyBefore'> & {
  readonly ledger: Pick<Ledger, 'holdDuty' | 'record'>;
  /** The key before the present one, which endorses it once. */
  readonly keyBefore: NoteSigner | undefined;
  readonly sinks: readonly CheckpointSink[];
  readonly log: Log;
  /** Told once when the ledger is not what was signed. */
  readonly onConflict: () => void;
  readonly everyMilliseconds: number;
};

/** A signer at work. */
export type Signing = {
  /** Signs what is new now, if this process is the one that signs. Settles when that is over, however it ended. */
  readonly signNow: () => Promise<void>;
  /** Resolves when the signing under way is over and the duty is another process's. Never rejects. */
  readonly stop: () => Promise<void>;
};

const endorsementOf = (before: NoteSigner, now: NoteVerifier): string =>
  signNote(`The checkpoints of this ledger go on under the key\n${formatVerifier(now)}\n`, before);

/**
 * Signs the ledger every minute while there is something new, and on demand: one process at a time among those that
 * share the database. A ledger that is not a continuation of what was signed ends the signing for good, with an alarm.
 */
export const startSigning = (options: SigningLoopOptions): Signing => {
  const { ledger, state, key, keyBefore, sinks, log, everyMilliseconds } = options;
  const before = keyBefore && verifierOf(keyBefore);
  /** What each sink got last; one that failed gets the newest checkpoint at the next try. */
  const sent = new Map<CheckpointSink, string>();
  let isOver = false;
  let work = Promise.resolve();

  /** A new key is endorsed in the ledger by the one before it, as a row that the next checkpoint covers. */
  const endorse = async (): Promise<void> => {
    const note = (await state.read())?.note;
    if (!keyBefore || !before || note === undefined || !openCheckpoint(note, [before])) {
      return;
    }
    if (openCheckpoint(note, [verifierOf(key)])) {
      return;
    }
    const endorsement = endorsementOf(keyBefore, verifierOf(key));
    await ledger.record({ type: 'ledger_key_endorsed', endorsement, requestId: 'start' });
  };

  const send = async (size: number, note: string): Promise<void> => {
    for (const sink of sinks) {
      if (sent.get(sink) === note) {
        continue;
      }
      try {
        await sink.send(size, note);
        sent.set(sink, note);
      } catch (error) {
        const cause = error instanceof Error ? error.name : 'unknown';
        log.warn('checkpoint_not_sent', { sink: sink.name, size, cause });
      }
    }
  };

  const sign = async (): Promise<void> => {
    if (isOver || !(await ledger.holdDuty(DUTY, 2 * everyMilliseconds))) {
      return;
    }
    try {
      await endorse();
      const note = await signLedger({ ...options, keyBefore: before });
      const checkpoint =
        note === undefined
          ? undefined
          : openCheckpoint(note, [verifierOf(key), ...(before ? [before] : [])]);
      if (note !== undefined && checkpoint) {
        await send(checkpoint.size, note);
      }
    } catch (error) {
      if (error instanceof LedgerConflictError) {
        isOver = true;
        log.error('ledger_conflict', { problem: error.message });
        options.onConflict();
        return;
      }
      log.error('checkpoint_failed', { cause: error instanceof Error ? error.name : 'unknown' });
    }
  };

  const signNow = (): Promise<void> => {
    work = work.then(sign, sign);
    return work;
  };
  const timer = setInterval(() => {
    // What fails is logged where it fails; the next minute tries again.
    signNow().catch(() => undefined);
  }, everyMilliseconds);
  timer.unref();
  return {
    signNow,
    stop: async () => {
      clearInterval(timer);
      await work.catch(() => undefined);
      await releaseDuty(ledger, DUTY, log);
    },
  };
};
