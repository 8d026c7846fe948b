import { strFromU8, strToU8, unzipSync } from 'fflate';
import { zip } from '../../../src/commands/packaging/zip.ts';

/** Higher than any version that the extension will have. */
export const NEXT_VERSION = '999.0.0';

/** The same extension as in the archive, as {@link NEXT_VERSION}. */
export const nextVersionOf = (archive: Uint8Array | undefined): Uint8Array => {
  const parts = unzipSync(archive ?? new Uint8Array());
  const manifest = JSON.parse(strFromU8(parts['manifest.json'] ?? new Uint8Array()));
  parts['manifest.json'] = strToU8(JSON.stringify({ ...manifest, version: NEXT_VERSION }));
  return zip(new Map(Object.entries(parts)));
};
