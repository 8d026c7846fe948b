/** The secrets of an Action as Auth0 hands them over: names to text. */
export type ActionSecrets = Readonly<Record<string, string | undefined>>;

/** An Action was deployed with a secret that is missing or unreadable. Names the secret, never its value. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

/** Gives a secret without the spaces around it; `undefined` when it is absent or blank. */
export const optionalSecret = (secrets: ActionSecrets, name: string): string | undefined =>
  secrets[name]?.trim() || undefined;

/** @throws {SecretError} when the secret is absent or blank. */
export const requireSecret = (secrets: ActionSecrets, name: string): string => {
  const value = optionalSecret(secrets, name);
  if (value === undefined) {
    throw new SecretError(`The secret ${name} is not set on this Action.`);
  }
  return value;
};

const itemsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * Reads a comma-separated secret that may not be empty.
 * @throws {SecretError} when it has no item: a forgotten list must not allow everything.
 */
export const requireList = (secrets: ActionSecrets, name: string): readonly string[] => {
  const items = itemsOf(requireSecret(secrets, name));
  if (items.length === 0) {
    throw new SecretError(`The secret ${name} lists nothing.`);
  }
  return items;
};

/** Reads a comma-separated secret that may be absent, and is empty then. */
export const optionalList = (secrets: ActionSecrets, name: string): readonly string[] =>
  itemsOf(optionalSecret(secrets, name) ?? '');

/**
 * Reads a secret that is `on` or `off`; absent means off.
 * @throws {SecretError} on any other text, so that a typing error is noticed.
 */
export const readSwitch = (secrets: ActionSecrets, name: string): boolean => {
  const value = optionalSecret(secrets, name) ?? 'off';
  if (value !== 'on' && value !== 'off') {
    throw new SecretError(`The secret ${name} must be "on" or "off".`);
  }
  return value === 'on';
};
