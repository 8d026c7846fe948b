import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildIfOutdated } from './build-artifacts.ts';
import { extensionIdOf, publicKeyDer } from './packaging/extension-id.ts';
import { makePackages } from './packaging/make-packages.ts';
import { PackageUsageError, readPackageOptions } from './packaging/package-options.ts';
import { inRepository } from './repository.ts';

const run = async (): Promise<void> => {
  const { out = inRepository('artifacts', 'package'), ...options } = readPackageOptions(
    process.argv.slice(2),
  );
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
};

try {
  await run();
} catch (error) {
  if (!(error instanceof PackageUsageError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
