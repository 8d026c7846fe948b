/** The secrets of an Action as Auth0 hands them over: names to text. */
export type ActionSecrets = Readonly<Record<string, string | undefined>>;

/** An Action was deployed without a secret that it needs. Names the secret, never its value. */
export class SecretMissingError extends Error {
  override readonly name = 'SecretMissingError';
  constructor(secret: string) {
    super(`The secret ${secret} is not set on this Action.`);
  }
}

/** @throws {SecretMissingError} when the secret is absent or blank. */
export const requireSecret = (secrets: ActionSecrets, name: string): string => {
  const value = secrets[name]?.trim();
  if (!value) throw new SecretMissingError(name);
  return value;
};

/**
 * Reads a comma-separated secret.
 * @throws {SecretMissingError} when it is absent or blank: a forgotten list must not allow everything.
 */
export const requireList = (secrets: ActionSecrets, name: string): readonly string[] =>
  requireSecret(secrets, name)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
