import { existsSync, readFileSync } from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

/** The secrets of a backend; NEXT and PREVIOUS are there only while a key is being rotated. */
export const SECRET_NAMES = [
  'UNDERSTUDY_CLIENT_SECRET',
  'UNDERSTUDY_MANAGEMENT_CLIENT_SECRET',
  'UNDERSTUDY_SIGNING_KEY',
  'UNDERSTUDY_NEXT_SIGNING_KEY',
  'UNDERSTUDY_PREVIOUS_SIGNING_KEY',
  'UNDERSTUDY_MANAGEMENT_KEY',
  'UNDERSTUDY_NEXT_MANAGEMENT_KEY',
  'UNDERSTUDY_PREVIOUS_MANAGEMENT_KEY',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
export type SecretValues = { readonly [Name in SecretName]?: string };

const OWNER_ONLY = 0o600;

/** Reads a secrets file; gives nothing when there is none. */
export const readSecrets = (path: string): SecretValues => {
  if (!existsSync(path)) {
    return {};
  }
  const found = parseEnv(readFileSync(path, 'utf8'));
  return Object.fromEntries(
    SECRET_NAMES.flatMap((name) => (found[name] ? [[name, found[name]]] : [])),
  );
};

/** Lines of the file that are not setup's, such as the password of a database. */
const othersLines = (path: string): readonly string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !SECRET_NAMES.some((name) => line.startsWith(name)))
    : [];

/**
 * Writes the secrets as an environment file that a shell, systemd and Node read, for its owner only. The
 * values are base64url texts and JSON Web Keys, in which no single quote occurs. Other lines of the file stay.
 */
export const writeSecrets = async (path: string, secrets: SecretValues): Promise<void> => {
  const lines = [
    ...othersLines(path),
    ...SECRET_NAMES.flatMap((name) =>
      secrets[name] === undefined ? [] : [`${name}='${secrets[name]}'`],
    ),
  ];
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${lines.join('\n')}\n`, { mode: OWNER_ONLY });
  await chmod(draft, OWNER_ONLY);
  await rename(draft, path);
};
