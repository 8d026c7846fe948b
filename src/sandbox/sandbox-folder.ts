import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

export type SandboxFolder = {
  path: string;
  /** Writes a file that only its owner can read, and gives its absolute path. */
  write: (name: string, content: string | object) => Promise<string>;
  /** The same, never half written: readers see the old file or the new one. */
  writeAtomically: (name: string, content: object) => Promise<string>;
  remove: (name: string) => Promise<void>;
  /** A file's path from the repository's root, as `endpoints.json` has it. */
  relative: (path: string) => string;
};

const textOf = (content: string | object): string =>
  typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;

/** Opens the folder that holds the keys, secrets and data of one sandbox, readable by its owner only. */
export const openSandboxFolder = async (path: string, root: string): Promise<SandboxFolder> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  const write = async (name: string, content: string | object) => {
    const target = join(path, name);
    // An existing file would keep the mode it has.
    await rm(target, { force: true });
    await writeFile(target, textOf(content), { mode: 0o600 });
    return target;
  };
  return {
    path,
    write,
    writeAtomically: async (name, content) => {
      const target = join(path, name);
      await rename(await write(`${name}.${process.pid}`, content), target);
      return target;
    },
    remove: (name) => rm(join(path, name), { recursive: true, force: true }),
    relative: (target) => relative(root, target),
  };
};
