import { access } from 'node:fs/promises';
import { join } from 'node:path';

const REQUIRED = [
  'dist/actions/custom-token-exchange.js',
  'dist/actions/post-login.js',
  'dist/chrome/manifest.json',
];

/** The built files that the sandbox needs and that are not there, as paths in the repository. */
export const missingBuiltFiles = async (root: string): Promise<string[]> => {
  const found = await Promise.all(
    REQUIRED.map((path) =>
      access(join(root, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return REQUIRED.filter((_, index) => !found[index]);
};
