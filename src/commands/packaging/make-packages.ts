import { execFileSync } from 'node:child_process';
import { createHash, type KeyObject } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ManagedSettings } from '../../extension/messages/set-up/managed-settings.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { makeCrx } from './crx.ts';
import { extensionIdOf, publicKeyDer } from './extension-id.ts';
import { managedPolicies } from './managed-policies.ts';
import { chromiumUpdates, firefoxUpdates } from './update-manifests.ts';
import { type Files, zip } from './zip.ts';

export type PackageRequest = {
  /** The repository, with the extension built in `dist`. */
  readonly repository: string;
  readonly key: KeyObject;
  readonly baseUrl: string;
  /** What the policy files set, the backend's address among it. */
  readonly settings: ManagedSettings;
  readonly firefoxId: string | undefined;
};

type Manifest = {
  readonly version: string;
  readonly browser_specific_settings?: { readonly gecko: { readonly id: string } };
};

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);

const filesIn = (folder: string): Map<string, Uint8Array> => {
  const paths = globSync('**/*', { cwd: folder }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(
    paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(folder, path))]),
  );
};

/** The built extension with a manifest of the company's own. */
const extensionFiles = (folder: string, change: (manifest: Manifest) => object): Files => {
  const files = filesIn(folder);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return files.set('manifest.json', json(change(manifest)));
};

/** What reviewers build the same packages from: every file under version control, as it is now. */
const sourceFiles = (repository: string): Files => {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' });
  const paths = listed.split('\0').filter((path) => path !== '');
  return new Map(paths.map((path) => [path, readFileSync(join(repository, path))]));
};

/**
 * Makes everything that a company hands out, by file name. The same sources, key and addresses give the same bytes.
 */
export const makePackages = ({
  repository,
  key,
  baseUrl,
  settings,
  firefoxId,
}: PackageRequest): Files => {
  const publicKey = publicKeyDer(key);
  const chromeId = extensionIdOf(publicKey);
  let version = '';
  let addOnId = '';
  const chrome = zip(
    extensionFiles(join(repository, 'dist', 'chrome'), (manifest) => {
      version = manifest.version;
      return {
        ...manifest,
        key: publicKey.toString('base64'),
        update_url: `${baseUrl}/update.xml`,
      };
    }),
  );
  const firefox = zip(
    extensionFiles(join(repository, 'dist', 'firefox'), (manifest) => {
      const gecko = manifest.browser_specific_settings?.gecko;
      addOnId = firefoxId ?? gecko?.id ?? '';
      return {
        ...manifest,
        browser_specific_settings: {
          gecko: { ...gecko, id: addOnId, update_url: `${baseUrl}/updates.json` },
        },
      };
    }),
  );
  const policies = managedPolicies({ chromeId, firefoxId: addOnId, baseUrl, settings });
  const crxUrl = `${baseUrl}/understudy.crx`;
  const xpiUrl = `${baseUrl}/understudy-firefox.xpi`;
  const files = new Map<string, Uint8Array>([
    ['understudy-chrome.zip', chrome],
    ['understudy.crx', makeCrx(chrome, key)],
    ['update.xml', Buffer.from(chromiumUpdates(chromeId, version, crxUrl))],
    ['understudy-firefox.xpi', firefox],
    ['updates.json', Buffer.from(firefoxUpdates(addOnId, version, xpiUrl, firefox))],
    ['policies/chrome.json', json(policies.chrome)],
    ['policies/edge.json', json(policies.edge)],
    ['policies/firefox.json', json(policies.firefox)],
    ['understudy-source.zip', zip(sourceFiles(repository))],
    ['sbom.cdx.json', Buffer.from(billOfMaterials(repository))],
  ]);
  const sums = [...files].map(
    ([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`,
  );
  return files.set('SHA256SUMS', Buffer.from(sums.join('')));
};
