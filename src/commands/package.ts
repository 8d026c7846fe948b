import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runCommand } from '../command-line/run-command.ts';
import { buildIfOutdated } from './build-artifacts.ts';
import { extensionIdOf, publicKeyDer } from './packaging/extension-id.ts';
import { makePackages } from './packaging/make-packages.ts';
import { readPackageOptions, USAGE } from './packaging/package-options.ts';
import { inRepository } from './repository.ts';

const run = async (args: readonly string[]): Promise<number> => {
  const { out = inRepository('artifacts', 'package'), ...options } = readPackageOptions(args);
  await buildIfOutdated();
  const files = makePackages({ repository: inRepository(), ...options });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes);
  }
  const id = extensionIdOf(publicKeyDer(options.key));
  process.stdout.write(
    [
      `Packages: ${relative(process.cwd(), out) || '.'}`,
      `The extension's id is ${id}. It belongs into "extension.ids" of the backend's configuration,`,
      `and the extension client at Auth0 needs https://${id}.chromiumapp.org/sign-in as callback.`,
      '',
    ].join('\n'),
  );
  return 0;
};

await runCommand({ usage: USAGE, run, expected: [], mistakeCode: 2 });
