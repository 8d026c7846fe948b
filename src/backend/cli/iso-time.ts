import * as z from 'zod/mini';
import { UsageError } from '../../command-line/usage-error.ts';

const timeSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Reads a date, which begins at midnight UTC, or a time with its zone. What JavaScript makes a date of besides, such as
 * "5" or 31 February, is refused: nobody means the one that comes out.
 * @throws {UsageError}
 */
export const isoTimeOf = (option: string, text: string): Date => {
  const time = timeSchema.safeParse(text);
  if (!time.success) {
    throw new UsageError(
      `--${option} must be a date such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z.`,
    );
  }
  return new Date(time.data);
};
