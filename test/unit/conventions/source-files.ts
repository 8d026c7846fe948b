import { globSync, readFileSync } from 'node:fs';
import { inRepository } from '../../../src/commands/repository.ts';

export type SourceFile = { readonly path: string; readonly text: string };

/** The repository's files that match, with paths relative to its root and forward slashes. */
export const sourceFiles = (...patterns: readonly string[]): readonly SourceFile[] =>
  globSync([...patterns], { cwd: inRepository() })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(inRepository(path), 'utf8') }));
