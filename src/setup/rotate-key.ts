import { createManagementKey } from './files/management-keys.ts';
import {
  readSecrets,
  type SecretName,
  type SecretValues,
  writeSecrets,
} from './files/secrets-file.ts';
import { createSigningKey } from './files/signing-keys.ts';
import { applySetup, type Setup } from './run-setup.ts';

/** How long every server of Auth0 may take until it knows what was just deployed or registered. */
const SPREAD_MILLISECONDS = 60_000;

/** The names of a key in the secrets file during its rotation, and how a new one is made. */
type RotatedKey = {
  readonly current: SecretName;
  readonly next: SecretName;
  readonly previous: SecretName;
  readonly create: () => Promise<string>;
};

const ROTATED_KEYS = {
  /** Signs subject tokens; the exchange Action accepts it. */
  signing: {
    current: 'UNDERSTUDY_SIGNING_KEY',
    next: 'UNDERSTUDY_NEXT_SIGNING_KEY',
    previous: 'UNDERSTUDY_PREVIOUS_SIGNING_KEY',
    create: createSigningKey,
  },
  /** Signs in to the Management API; it is registered with the backend's own application. */
  management: {
    current: 'UNDERSTUDY_MANAGEMENT_KEY',
    next: 'UNDERSTUDY_NEXT_MANAGEMENT_KEY',
    previous: 'UNDERSTUDY_PREVIOUS_MANAGEMENT_KEY',
    create: createManagementKey,
  },
} as const satisfies Readonly<Record<string, RotatedKey>>;

const without = (secrets: SecretValues, ...names: readonly SecretName[]): SecretValues =>
  Object.fromEntries(
    Object.entries(secrets).filter(([known]) => !names.some((name) => name === known)),
  );

/**
 * Adds a new key to what the tenant accepts, waits until all of Auth0 knows it, and then puts the new key in
 * the old one's place in the secrets file. The backend signs with it from its next start; the tenant accepts
 * both until {@link finishRotation}. Breaking off at any point leaves a key that works. Where the Action fetches
 * the signing keys from the backend, every backend has to publish the new one before any signs with it: the first
 * run ends there, and the second goes on.
 */
export const rotateKey = async (
  setup: Setup,
  which: keyof typeof ROTATED_KEYS,
): Promise<boolean> => {
  const { files, delay, say } = setup;
  const key = ROTATED_KEYS[which];
  const secrets = readSecrets(files.secrets);
  if (secrets[key.previous] !== undefined) {
    say('The last rotation is not finished: run setup with --finish-rotation first.');
    return false;
  }
  if (secrets[key.current] === undefined) {
    say(`There is no ${key.current} in ${files.secrets}, so there is no key to replace.`);
    return false;
  }
  const next = secrets[key.next] ?? (await key.create());
  await writeSecrets(files.secrets, { ...secrets, [key.next]: next });
  if (!(await applySetup(setup))) {
    return false;
  }
  const isFetched = which === 'signing' && setup.answers.subjectKeys === 'address';
  if (isFetched && secrets[key.next] === undefined) {
    say(
      'Restart every backend with the new secrets file, so that each publishes the next key, then run setup with --rotate-key again.',
    );
    return true;
  }
  say('Waiting a minute, until every server of Auth0 accepts both keys.');
  await delay(SPREAD_MILLISECONDS);
  const added = readSecrets(files.secrets);
  const old = added[key.current];
  await writeSecrets(files.secrets, {
    ...without(added, key.next),
    [key.current]: next,
    ...(old !== undefined && { [key.previous]: old }),
  });
  say('Restart every backend with the new secrets file, then run setup with --finish-rotation.');
  return true;
};

/** Takes every previous key away from what the tenant accepts, and out of the secrets file. */
export const finishRotation = async (setup: Setup): Promise<boolean> => {
  const { files, say } = setup;
  const secrets = readSecrets(files.secrets);
  const previous = Object.values(ROTATED_KEYS).map((key) => key.previous);
  if (previous.every((name) => secrets[name] === undefined)) {
    say('No rotation is under way.');
    return true;
  }
  await writeSecrets(files.secrets, without(secrets, ...previous));
  const isDone = await applySetup(setup);
  if (!isDone) {
    await writeSecrets(files.secrets, secrets);
  }
  return isDone;
};
