import { dirname, join } from 'node:path';
import type { Answers } from './description/answers.ts';
import {
  type Description,
  type DescriptionParts,
  describe,
  managementAuthenticationOf,
} from './description/describe.ts';
import {
  backendConfig,
  type KnownTarget,
  readBackendConfig,
  writeBackendConfig,
} from './files/backend-config.ts';
import { createManagementKey, managementKeys } from './files/management-keys.ts';
import { emptyRecord, idsOf, readRecord, type SetupRecord, writeRecord } from './files/record.ts';
import { readSecrets, type SecretName, writeSecrets } from './files/secrets-file.ts';
import type { SetupFiles } from './files/setup-files.ts';
import { createSigningKey, publicKeySet } from './files/signing-keys.ts';
import { deployCliFiles } from './out/deploy-cli.ts';
import { deployCliReadme, terraformReadme } from './out/readme.ts';
import { terraformFiles } from './out/terraform.ts';
import { writeFolder } from './out/write-folder.ts';
import { adopt } from './plan/adopt.ts';
import { applyPlan } from './plan/apply-plan.ts';
import { applyRemoval } from './plan/apply-removal.ts';
import { type PartialPlan, textOf } from './plan/change.ts';
import { makePlan } from './plan/make-plan.ts';
import { makeRemoval } from './plan/make-removal.ts';
import type { ManagementApi } from './tenant/management-api.ts';
import { lostSecrets, nextSteps, warnOfFetchedKeys } from './terminal/advice.ts';
import { printPlan, printRemoval } from './terminal/print-plan.ts';

/** What a run works with. */
export type Setup = {
  readonly api: ManagementApi;
  readonly answers: Answers;
  readonly files: SetupFiles;
  readonly parts: Omit<DescriptionParts, 'jwks' | 'managementKeys'>;
  readonly delay: (milliseconds: number) => Promise<unknown>;
  readonly say: (line: string) => void;
  /** Asks before anything is changed; `true` to go on. */
  readonly confirm: (question: string) => Promise<boolean>;
};

/** Nothing may be changed: the tenant has something in the way. Each problem is a sentence. */
export class SetupConflictError extends Error {
  override readonly name = 'SetupConflictError';
}

const keepSecret =
  (files: SetupFiles) =>
  async (name: SecretName, value: string): Promise<void> => {
    await writeSecrets(files.secrets, { ...readSecrets(files.secrets), [name]: value });
  };

/** Makes the backend's keys at the first run; they have to be there before what verifies with them. */
const ensureKeys = async ({ files, answers, say }: Setup): Promise<void> => {
  const secrets = readSecrets(files.secrets);
  if (secrets.UNDERSTUDY_SIGNING_KEY === undefined) {
    await keepSecret(files)('UNDERSTUDY_SIGNING_KEY', await createSigningKey());
    say(`✓ Made a signing key, in ${files.secrets}`);
  }
  const signsIn = managementAuthenticationOf(answers) === 'private_key_jwt';
  if (signsIn && secrets.UNDERSTUDY_MANAGEMENT_KEY === undefined) {
    await keepSecret(files)('UNDERSTUDY_MANAGEMENT_KEY', await createManagementKey());
    say(`✓ Made a key for the Management API, in ${files.secrets}`);
  }
};

const recordOf = ({ files, answers }: Setup): SetupRecord => ({
  ...(readRecord(files.record) ?? emptyRecord(answers)),
  answers,
});

/** Says what has to be in the tenant, with the public halves of the keys in the secrets file. */
export const describeSetup = async ({ answers, parts, files }: Setup): Promise<Description> => {
  const secrets = readSecrets(files.secrets);
  return describe(answers, {
    ...parts,
    jwks: await publicKeySet(secrets),
    managementKeys: await managementKeys(secrets),
  });
};

const planSetup = async (setup: Setup, record: SetupRecord): Promise<PartialPlan> => {
  const plan = await makePlan({
    api: setup.api,
    domain: setup.answers.domain,
    description: await describeSetup(setup),
    record,
  });
  if (plan.conflicts.length > 0) {
    throw new SetupConflictError(plan.conflicts.join('\n'));
  }
  return plan;
};

const knownTargets = async ({ api, answers }: Setup): Promise<readonly KnownTarget[]> => {
  const targets: KnownTarget[] = [];
  for (const { clientId, loginUrl } of answers.targets) {
    const client = (await api.get(`/clients/${encodeURIComponent(clientId)}`)) ?? {};
    const own = textOf(client, 'initiate_login_uri') || undefined;
    targets.push({
      clientId,
      loginUrl: loginUrl ?? own,
      isOverride: loginUrl !== undefined && loginUrl !== own,
    });
  }
  return targets;
};

const writeConfig = async (setup: Setup, record: SetupRecord): Promise<void> => {
  const { answers, files, say } = setup;
  const ids = idsOf(record);
  const id = (name: string): string => ids.get(`client:${name}`) ?? '';
  const targets = await knownTargets(setup);
  const config = backendConfig(
    answers,
    { extension: id('extension'), requesting: id('requesting'), management: id('management') },
    targets,
    readBackendConfig(files.config),
  );
  if (await writeBackendConfig(files.config, config)) {
    say(`✓ Wrote ${files.config}`);
  }
  for (const { clientId, loginUrl } of targets) {
    if (loginUrl === undefined) {
      say(
        `! The app ${clientId} has no initiate_login_uri: say --target ${clientId}=<its login URL>.`,
      );
    }
  }
};

/** Prints what would be done; makes and changes nothing. Tells whether the tenant is as described. */
export const planOnly = async (setup: Setup): Promise<boolean> => {
  const { changes } = await planSetup(setup, recordOf(setup));
  setup.say(
    changes.length === 0 ? 'Nothing to do: the tenant is as described.' : printPlan(changes),
  );
  return changes.length === 0;
};

/**
 * Makes the tenant as described and writes the backend's files. Running it again changes nothing, or repairs
 * what drifted. Tells whether it went through: `false` when somebody declined.
 * @throws {SetupConflictError} before anything is changed.
 */
export const applySetup = async (setup: Setup): Promise<boolean> => {
  const { api, files, delay, say, confirm } = setup;
  warnOfFetchedKeys(setup.answers, setup.say);
  await ensureKeys(setup);
  const record = recordOf(setup);
  const { changes } = await planSetup(setup, record);
  if (changes.length === 0) {
    say('Nothing to do: the tenant is as described.');
  } else {
    say(printPlan(changes));
    if (!(await confirm(`Do these ${changes.length} things in ${setup.answers.domain}?`))) {
      return false;
    }
  }
  const save = (next: SetupRecord): Promise<void> => writeRecord(files.record, next);
  await save(record);
  const done = await applyPlan(changes, record, {
    api,
    delay,
    save,
    keepSecret: keepSecret(files),
    say,
  });
  await writeConfig(setup, done);
  for (const warning of lostSecrets(files, setup.answers)) {
    say(warning);
  }
  if (changes.length > 0) {
    say(nextSteps(files, setup.answers));
  }
  return true;
};

/**
 * Writes the description for another tool into a folder of its own and changes nothing in the tenant. A signing
 * key is made if there is none yet, for the Action needs its public half.
 */
export const exportSetup = async (
  setup: Setup,
  tool: 'deploy-cli' | 'terraform',
): Promise<boolean> => {
  const { api, answers, files, say } = setup;
  warnOfFetchedKeys(setup.answers, setup.say);
  await ensureKeys(setup);
  await writeRecord(files.record, recordOf(setup));
  const description = await describeSetup(setup);
  const folder = join(dirname(files.record), tool);
  const written =
    tool === 'terraform'
      ? new Map([
          ...(await terraformFiles(description, answers.domain, api)),
          ['README.md', terraformReadme(description)],
        ])
      : new Map([
          ...(await deployCliFiles(description, answers.domain, api)),
          ['README.md', deployCliReadme(description)],
        ]);
  await writeFolder(folder, written);
  say(`✓ Wrote ${folder}: its README.md says how to go on`);
  return true;
};

/** Recognises what another tool made from the exported files, then does what is left. */
export const adoptSetup = async (setup: Setup): Promise<boolean> => {
  const { api, answers, files, say, confirm } = setup;
  const { record, adopted, problems } = await adopt({
    api,
    domain: answers.domain,
    description: await describeSetup(setup),
    record: recordOf(setup),
  });
  if (problems.length > 0) {
    throw new SetupConflictError(problems.join('\n'));
  }
  say(adopted.map(({ ref, id }) => `  ${ref}  ${id}`).join('\n') || 'There is nothing to adopt.');
  if (adopted.length > 0) {
    if (!(await confirm('Are these Understudy’s, made from the exported files?'))) {
      return false;
    }
    await writeRecord(files.record, record);
  }
  return applySetup(setup);
};

/** Undoes what is on record, and nothing else. Tells whether it went through. */
export const removeSetup = async (setup: Omit<Setup, 'parts' | 'answers'>): Promise<boolean> => {
  const { api, files, say, confirm } = setup;
  const record = readRecord(files.record);
  if (!record || record.entries.length === 0) {
    say(`Nothing to undo: ${files.record} records nothing.`);
    return true;
  }
  const undoings = await makeRemoval(api, record);
  say(printRemoval(undoings));
  if (!(await confirm(`Undo this in ${record.answers.domain}?`))) {
    return false;
  }
  await applyRemoval(undoings, record, {
    api,
    say,
    save: (next) => writeRecord(files.record, next),
  });
  say(`Undone. ${files.config} and ${files.secrets} are left for you to delete.`);
  return true;
};
