import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a person allowed the extension. */
export type Grants = {
  readonly origins?: readonly string[];
  readonly permissions?: readonly string[];
  /** Lets the extension see private windows. */
  readonly privateWindows?: boolean;
  /** Lets an unpacked extension be loaded again; without it Chromium would disable it then. */
  readonly developerMode?: boolean;
};

/**
 * Writes grants where Chromium keeps a person's answers, into a profile that no browser has used yet: the
 * browser's own question cannot be answered without a screen. Chromium adds what the manifest asks for.
 */
export const seedGrants = async (
  profile: string,
  extensionId: string,
  { origins = [], permissions = [], privateWindows = false, developerMode = false }: Grants,
): Promise<void> => {
  const granted = {
    api: permissions,
    explicit_host: origins.map((origin) => {
      const { protocol, hostname } = new URL(origin);
      return `${protocol}//${hostname}/*`;
    }),
    manifest_permissions: [],
    scriptable_host: [],
  };
  const settings = {
    granted_permissions: granted,
    runtime_granted_permissions: granted,
    active_permissions: granted,
    incognito: privateWindows,
  };
  await mkdir(join(profile, 'Default'));
  await writeFile(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({
      extensions: {
        settings: { [extensionId]: settings },
        ui: { developer_mode: developerMode },
      },
    }),
  );
};
