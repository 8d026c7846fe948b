import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** A path inside the repository. */
export const inRepository = (...parts: readonly string[]): string => join(REPOSITORY, ...parts);
