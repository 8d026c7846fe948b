import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a policy folder. */
export type PolicyFile = { readonly name: string; readonly text: string };

/** A folder of policies as it is on disk. */
export type PolicyFolder = {
  readonly schemas: readonly PolicyFile[];
  readonly policies: readonly PolicyFile[];
  /** SHA-256 over names and texts of all of them, in hex. */
  readonly hash: string;
};

/** A company's rules cannot be used. Each problem says where it is and what is wrong. */
export class PolicyFolderError extends Error {
  override readonly name = 'PolicyFolderError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

const SCHEMA = '.cedarschema';
const POLICIES = '.cedar';

/**
 * The hash that names a version of the rules: SHA-256 over each file's name and text, each preceded by its
 * length in bytes, in the order of the names.
 */
const hashOf = (files: readonly PolicyFile[]): string => {
  const hash = createHash('sha256');
  for (const part of files.flatMap(({ name, text }) => [name, text])) {
    hash.update(`${Buffer.byteLength(part)}\n${part}`);
  }
  return hash.digest('hex');
};

/**
 * Reads the `.cedar` and `.cedarschema` files of a folder, in the order of their names; folders within it are
 * not read, and neither are other files.
 * @throws {PolicyFolderError} when it cannot be read.
 */
export const readPolicyFolder = (folder: string): PolicyFolder => {
  try {
    const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
    const files = names
      .filter((name) => name.endsWith(SCHEMA) || name.endsWith(POLICIES))
      .sort()
      .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
    return {
      schemas: files.filter(({ name }) => name.endsWith(SCHEMA)),
      policies: files.filter(({ name }) => name.endsWith(POLICIES)),
      hash: hashOf(files),
    };
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new PolicyFolderError([`${folder}: the folder of policies cannot be read${why}.`], {
      cause,
    });
  }
};
