import { cpSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOfFolder } from './bare-chromium.ts';

/** An extension in a folder of its own. */
export type StaticPopup = { readonly folder: string; readonly id: string };

const PAGE = 'src/extension/popup/index.html';
const SCRIPTS = /<script[^>]*>\s*<\/script>|<link[^>]*rel="modulepreload"[^>]*>/g;

/**
 * Makes the floor that the popup is measured against: an extension with the popup's own HTML and CSS, and
 * neither script nor worker. Nothing that an extension could draw is there sooner.
 */
export const makeStaticPopup = (built: string): StaticPopup => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-static-'));
  const html = readFileSync(join(built, PAGE), 'utf8').replace(SCRIPTS, '');
  if (html.includes('<script')) {
    throw new Error('The static popup still has a script.');
  }
  for (const path of ['palette.css', ...globSync('assets/*.css', { cwd: built })]) {
    cpSync(join(built, path), join(folder, path));
  }
  cpSync(join(built, PAGE), join(folder, PAGE));
  writeFileSync(join(folder, PAGE), html);
  const manifest = { manifest_version: 3, name: 'Static popup', version: '1' };
  const action = { default_popup: PAGE };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, action }));
  return { folder, id: idOfFolder(folder) };
};
