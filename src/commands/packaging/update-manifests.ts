import { createHash } from 'node:crypto';

/**
 * What Chromium asks for to learn whether there is a newer package.
 * @see Chrome for Developers "Distribute your extension": update manifest
 */
export const chromiumUpdates = (id: string, version: string, packageUrl: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">',
    `  <app appid="${id}">`,
    `    <updatecheck codebase="${packageUrl}" version="${version}"/>`,
    '  </app>',
    '</gupdate>',
    '',
  ].join('\n');

/**
 * What Firefox asks for to learn whether there is a newer package.
 * @see Extension Workshop "Updating your extension"
 */
export const firefoxUpdates = (
  id: string,
  version: string,
  packageUrl: string,
  archive: Uint8Array,
): string => {
  const hash = createHash('sha256').update(archive).digest('hex');
  const updates = [{ version, update_link: packageUrl, update_hash: `sha256:${hash}` }];
  return `${JSON.stringify({ addons: { [id]: { updates } } }, undefined, 2)}\n`;
};
