import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/**
 * Resolves when a file with this content is on disk. Until then the file before it stays, and after a power failure one
 * of the two is there whole.
 */
export const writeDurably = async (
  path: string,
  content: string | Buffer,
  mode: number,
): Promise<void> => {
  const next = `${path}.next`;
  const file = await open(next, 'w', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  await syncFolder(dirname(path));
};
