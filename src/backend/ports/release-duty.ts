import type { Duty, Ledger } from './ledger.ts';
import type { Log } from './log.ts';

/**
 * Leaves a duty to whichever process asks next. Never rejects: where the ledger does not answer, that is logged, and
 * the duty is another process's once its lease is over.
 */
export const releaseDuty = async (
  ledger: Pick<Ledger, 'holdDuty'>,
  duty: Duty,
  log: Pick<Log, 'warn'>,
): Promise<void> => {
  try {
    await ledger.holdDuty(duty, 0);
  } catch (error) {
    log.warn('duty_not_released', { cause: error instanceof Error ? error.name : 'unknown' });
  }
};
