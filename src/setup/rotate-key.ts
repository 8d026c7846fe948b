import { readSecrets, type SecretValues, writeSecrets } from './files/secrets-file.ts';
import { createSigningKey } from './files/signing-keys.ts';
import { applySetup, type Setup } from './run-setup.ts';

/** How long every server of Auth0 may take until it runs an Action as it was just deployed. */
const SPREAD_MILLISECONDS = 60_000;

const without = (secrets: SecretValues, name: keyof SecretValues): SecretValues =>
  Object.fromEntries(Object.entries(secrets).filter(([known]) => known !== name));

/**
 * Adds a new signing key to what the Action accepts, waits until the Action runs everywhere, and then puts
 * the new key in the old one's place in the secrets file. The backend signs with it from its next start; the
 * Action accepts both until {@link finishRotation}. Breaking off at any point leaves a key that works.
 */
export const rotateKey = async (setup: Setup): Promise<boolean> => {
  const { files, delay, say } = setup;
  const secrets = readSecrets(files.secrets);
  if (secrets.UNDERSTUDY_PREVIOUS_SIGNING_KEY !== undefined) {
    say('The last rotation is not finished: run setup with --finish-rotation first.');
    return false;
  }
  const next = secrets.UNDERSTUDY_NEXT_SIGNING_KEY ?? (await createSigningKey());
  await writeSecrets(files.secrets, { ...secrets, UNDERSTUDY_NEXT_SIGNING_KEY: next });
  if (!(await applySetup(setup))) {
    return false;
  }
  say('Waiting a minute, until every server of Auth0 runs the Action with both keys.');
  await delay(SPREAD_MILLISECONDS);
  const added = readSecrets(files.secrets);
  await writeSecrets(files.secrets, {
    ...without(added, 'UNDERSTUDY_NEXT_SIGNING_KEY'),
    UNDERSTUDY_SIGNING_KEY: next,
    ...(added.UNDERSTUDY_SIGNING_KEY !== undefined && {
      UNDERSTUDY_PREVIOUS_SIGNING_KEY: added.UNDERSTUDY_SIGNING_KEY,
    }),
  });
  say('Restart every backend with the new secrets file, then run setup with --finish-rotation.');
  return true;
};

/** Takes the previous key away from what the Action accepts, and out of the secrets file. */
export const finishRotation = async (setup: Setup): Promise<boolean> => {
  const { files, say } = setup;
  const secrets = readSecrets(files.secrets);
  if (secrets.UNDERSTUDY_PREVIOUS_SIGNING_KEY === undefined) {
    say('No rotation is under way.');
    return true;
  }
  await writeSecrets(files.secrets, without(secrets, 'UNDERSTUDY_PREVIOUS_SIGNING_KEY'));
  const isDone = await applySetup(setup);
  if (!isDone) {
    await writeSecrets(files.secrets, secrets);
  }
  return isDone;
};
