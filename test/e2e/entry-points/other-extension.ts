import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another extension in the same browser, with the permissions that many have. */
export type OtherExtension = { readonly folder: string; readonly remove: () => Promise<void> };

const MANIFEST = {
  manifest_version: 3,
  name: 'Another extension',
  version: '1',
  permissions: ['tabs', 'storage', 'scripting', 'contextMenus'],
  host_permissions: ['<all_urls>'],
  background: { service_worker: 'worker.js' },
};

/** Writes it into a folder of its own. Its worker does nothing until a test tells it to. */
export const writeOtherExtension = async (): Promise<OtherExtension> => {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-other-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'worker.js'), 'chrome.runtime.onInstalled.addListener(() => {});');
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};
