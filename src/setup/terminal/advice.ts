import type { Answers } from '../description/answers.ts';
import { describeRoles, managementAuthenticationOf } from '../description/describe.ts';
import { readSecrets, type SecretName } from '../files/secrets-file.ts';
import type { SetupFiles } from '../files/setup-files.ts';

/** Names each secret that the backend needs and the file does not have, for Auth0 shows none a second time. */
export const lostSecrets = (files: SetupFiles, answers: Answers): readonly string[] => {
  const secrets = readSecrets(files.secrets);
  const names: readonly SecretName[] = [
    'UNDERSTUDY_CLIENT_SECRET',
    ...(managementAuthenticationOf(answers) === 'client_secret'
      ? (['UNDERSTUDY_MANAGEMENT_CLIENT_SECRET'] as const)
      : []),
  ];
  return names
    .filter((name) => !secrets[name])
    .map(
      (name) =>
        `! ${files.secrets} has no ${name}, and Auth0 shows a secret only once: rotate it there.`,
    );
};

/** Says what the choice of an address costs, where it was made. */
export const warnOfFetchedKeys = (
  { subjectKeys, backendOrigin }: Answers,
  say: (line: string) => void,
): void => {
  if (subjectKeys === 'address') {
    say(
      `! The Action fetches the keys of launches from ${backendOrigin}, which Auth0 has to reach: whoever takes over that name or its certificate can sign launches. Pinned keys are safer: --subject-keys pinned.`,
    );
  }
};

/** Says what is left to do once the tenant is made: setup starts no backend and chooses no agents. */
export const nextSteps = (files: SetupFiles, answers: Answers): string => {
  const { agent } = describeRoles(answers);
  const steps = [
    `Check "listen", "trustedProxies" and "ledger" in ${files.config}, and start the backend with ${files.secrets}.`,
    ...(answers.firstAgent === undefined
      ? [`Give your agents the role ${agent.name}: User Management → Roles.`]
      : []),
    'Run "npm run doctor".',
  ];
  return ['Next:', ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join('\n');
};
