import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './terraform.ts';

/** The folder holds something that was not written by setup. */
export class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError';
}

/**
 * Writes files into a folder, over those of an earlier run.
 * @throws {FolderTakenError} when the folder has other files.
 */
export const writeFolder = async (folder: string, files: Files): Promise<void> => {
  const known = existsSync(folder) ? await readdir(folder) : [];
  const own = new Set([...files.keys()].map((path) => path.split('/')[0] ?? path));
  const foreign = known.filter((name) => !own.has(name) && !/^\.terraform|^terraform\./.test(name));
  if (foreign.length > 0) {
    throw new FolderTakenError(
      `${folder} has other files (${foreign.join(', ')}): name an empty --folder.`,
    );
  }
  for (const [path, text] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
};
