import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a person allowed the extension. */
export type Grants = {
  readonly origins?: readonly string[];
  readonly permissions?: readonly string[];
  /** Lets the extension see private windows. */
  readonly privateWindows?: boolean;
};

/**
 * Writes grants where Chromium keeps a person's answers, into a profile that was started once with the
 * extension: the browser's own question cannot be answered without a screen.
 */
export const seedGrants = async (
  profile: string,
  extensionId: string,
  grants: Grants,
): Promise<void> => {
  const path = join(profile, 'Default', 'Preferences');
  const preferences = JSON.parse(await readFile(path, 'utf8'));
  const settings = preferences.extensions.settings[extensionId];
  const hosts = (grants.origins ?? []).map((origin) => {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  });
  for (const name of ['granted_permissions', 'runtime_granted_permissions', 'active_permissions']) {
    const known = settings[name] ?? {};
    settings[name] = {
      ...known,
      api: [...new Set([...(known.api ?? []), ...(grants.permissions ?? [])])],
      explicit_host: [...new Set([...(known.explicit_host ?? []), ...hosts])],
      manifest_permissions: known.manifest_permissions ?? [],
      scriptable_host: known.scriptable_host ?? [],
    };
  }
  if (grants.privateWindows) settings.incognito = true;
  await writeFile(path, JSON.stringify(preferences));
};
