import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

/** The migrations of every ledger's database, embedded or not. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

const journalSchema = z.object({ entries: z.array(z.object({ when: z.int() })) });

/** The timestamp of the newest migration, by which a database notes how far it was brought. Milliseconds since 1970. */
export const newestMigration = (): number => {
  const journal: unknown = JSON.parse(
    readFileSync(join(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8'),
  );
  return Math.max(...journalSchema.parse(journal).entries.map(({ when }) => when));
};
