import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { isSecureTransport } from '../../contract/login-url.ts';
import { readSigningKey, SigningKeyError } from '../adapters/auth0/exchange/signing-key.ts';
import {
  ManagementKeyError,
  readManagementAuthentication,
} from '../adapters/auth0/management/management-authentication.ts';
import { NoteKeyError, readNoteSigner } from '../adapters/ledger/tree/signed-note.ts';
import { type Config, ConfigError, configFileSchema, type Secrets } from './config.ts';
import { listenProblems } from './listen-problems.ts';
import { slowPart } from './slow-pattern.ts';

/** What secrets are read from. */
export type Environment = Readonly<Record<string, string | undefined>>;

type ConfigFile = z.infer<typeof configFileSchema>;
/** The fields that are right by themselves. */
type Fields = { readonly [Key in keyof ConfigFile]?: ConfigFile[Key] };

type ManagementMethod = ConfigFile['auth0']['managementAuthentication'];

/** The secret that each way to authenticate the management client takes. */
const MANAGEMENT_SECRETS: Readonly<Record<ManagementMethod, string>> = {
  client_secret: 'UNDERSTUDY_MANAGEMENT_CLIENT_SECRET',
  private_key_jwt: 'UNDERSTUDY_MANAGEMENT_KEY',
};

/** Prefixes that Auth0 keeps for itself. @see Auth0 "Custom Token Exchange", subject_token_type */
const RESERVED_TYPES = /^(?:https?:\/\/(?:auth0|okta)\.com|urn:(?:ietf|auth0|okta))/i;

const readText = (path: string, what: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError([`${what}: the file ${path} cannot be read.`], { cause });
  }
};

/**
 * Reads a secret from the environment, or from the file that it names; `undefined` where neither has one.
 * @throws {ConfigError} when the file cannot be read.
 */
export const readOptionalSecret = (environment: Environment, name: string): string | undefined => {
  const file = environment[`${name}_FILE`];
  const value = (file ? readText(file, `${name}_FILE`) : environment[name])?.trim();
  return value === '' ? undefined : value;
};

const readSecret = (environment: Environment, name: string): string => {
  const value = readOptionalSecret(environment, name);
  if (value === undefined) {
    throw new ConfigError([`${name}: set it, or ${name}_FILE to a file that holds it.`]);
  }
  return value;
};

const parseJson = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError([`${path} is not JSON: ${(cause as Error).message}`], { cause });
  }
};

const problemOf = (prefix: readonly PropertyKey[], issue: z.core.$ZodIssue): string => {
  const field = [...prefix, ...issue.path].join('.') || '(top level)';
  return issue.code === 'unrecognized_keys'
    ? `${field}: unknown field ${issue.keys.join(', ')}`
    : `${field}: ${issue.message}`;
};

/** Parses each field apart, so that a wrong one hides nothing that is wrong with another. */
const readFields = (raw: unknown): { readonly fields: Fields; readonly problems: string[] } => {
  const whole = z.record(z.string(), z.unknown()).safeParse(raw);
  if (!whole.success) {
    return { fields: {}, problems: ['(top level): must be an object'] };
  }
  const shape: Readonly<Record<string, z.ZodMiniType>> = configFileSchema.shape;
  const unknown = Object.keys(whole.data).filter((name) => !Object.hasOwn(shape, name));
  const problems = unknown.length > 0 ? [`(top level): unknown field ${unknown.join(', ')}`] : [];
  const fields: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const parsed = schema.safeParse(whole.data[name]);
    if (parsed.success) {
      fields[name] = parsed.data;
    } else {
      problems.push(...parsed.error.issues.map((issue) => problemOf([name], issue)));
    }
  }
  return { fields: fields as Fields, problems };
};

const insecureUrls = (fields: Fields): readonly string[] => {
  const urls: readonly (readonly [string, string | undefined])[] = [
    ['publicOrigin', fields.publicOrigin],
    ['auth0.issuer', fields.auth0?.issuer],
    ['ledger.checkpoints.webhook', fields.ledger?.checkpoints?.webhook],
    ...(fields.loginOrigins ?? []).map(
      (origin, index) => [`loginOrigins.${index}`, origin] as const,
    ),
    ...Object.entries(fields.targetApps ?? {}).flatMap(([id, { loginUrl, logoutUrl }]) => [
      [`targetApps.${id}.loginUrl`, loginUrl] as const,
      [`targetApps.${id}.logoutUrl`, logoutUrl] as const,
    ]),
  ];
  const allowInsecureLocalhost = fields.allowInsecureLocalhost ?? false;
  return urls.flatMap(([field, text]) =>
    text === undefined || isSecureTransport(new URL(text), allowInsecureLocalhost)
      ? []
      : [`${field}: must be https (http only on loopback), is ${text}`],
  );
};

const slowPatterns = (fields: Fields): readonly string[] => {
  const patterns: readonly (readonly [string, string | undefined])[] = [
    ['policy.ticket.pattern', fields.policy?.ticket.pattern],
    ...(fields.recordPatterns ?? []).map(
      ({ urlPattern }, index) => [`recordPatterns.${index}.urlPattern`, urlPattern] as const,
    ),
  ];
  return patterns.flatMap(([field, pattern]) => {
    const slow = pattern === undefined ? undefined : slowPart(pattern);
    return slow === undefined ? [] : [`${field}: ${slow} takes too long on some texts`];
  });
};

const fieldProblems = (fields: Fields): readonly string[] => {
  const type = fields.auth0?.subjectTokenType ?? '';
  return [
    ...insecureUrls(fields),
    ...slowPatterns(fields),
    ...(RESERVED_TYPES.test(type)
      ? [`auth0.subjectTokenType: "${type}" begins as types that Auth0 reserves do`]
      : []),
  ];
};

/** Passes on what reading a key finds wrong with it, and nothing else. */
const keyProblem = (error: unknown): string => {
  if (error instanceof SigningKeyError || error instanceof ManagementKeyError) {
    return error.message;
  }
  throw error;
};

/** What setup leaves beside the signing key during a rotation. */
const OTHER_SIGNING_KEYS = ['UNDERSTUDY_NEXT_SIGNING_KEY', 'UNDERSTUDY_PREVIOUS_SIGNING_KEY'];

const readSecrets = async (
  environment: Environment,
  method: ManagementMethod,
): Promise<{ readonly secrets: Secrets; readonly problems: readonly string[] }> => {
  const problems: string[] = [];
  const orProblem = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) {
        throw error;
      }
      problems.push(...error.problems);
      return undefined;
    }
  };
  const readOptional = (name: string) => orProblem(() => readOptionalSecret(environment, name));
  const read = (name: string): string => orProblem(() => readSecret(environment, name)) ?? '';
  const others = OTHER_SIGNING_KEYS.flatMap((name): [string, string][] => {
    const key = readOptional(name);
    return key === undefined ? [] : [[name, key]];
  });
  const secrets = {
    requestingClientSecret: read('UNDERSTUDY_CLIENT_SECRET'),
    nextRequestingClientSecret: readOptional('UNDERSTUDY_NEXT_CLIENT_SECRET'),
    managementCredential: read(MANAGEMENT_SECRETS[method]),
    signingKey: read('UNDERSTUDY_SIGNING_KEY'),
    otherSigningKeys: others.map(([, key]) => key),
    databasePassword: readOptional('UNDERSTUDY_DATABASE_PASSWORD'),
    eraserPassword: readOptional('UNDERSTUDY_ERASER_PASSWORD'),
    ledgerKey: readOptional('UNDERSTUDY_LEDGER_KEY'),
    ledgerKeyBefore: readOptional('UNDERSTUDY_LEDGER_KEY_BEFORE'),
  };
  const signingKeys = {
    UNDERSTUDY_SIGNING_KEY: secrets.signingKey,
    ...Object.fromEntries(others),
  };
  for (const [name, key] of Object.entries(signingKeys)) {
    if (key !== '') {
      await readSigningKey(key, name).catch((error) => problems.push(keyProblem(error)));
    }
  }
  if (secrets.managementCredential !== '') {
    await readManagementAuthentication(method, secrets.managementCredential).catch((error) =>
      problems.push(keyProblem(error)),
    );
  }
  return { secrets, problems };
};

const ledgerKeyProblems = (fields: Fields, secrets: Secrets): readonly string[] => {
  const { ledgerKey, ledgerKeyBefore } = secrets;
  const isMissing = fields.ledger?.checkpoints !== undefined && ledgerKey === undefined;
  const keys = { UNDERSTUDY_LEDGER_KEY: ledgerKey, UNDERSTUDY_LEDGER_KEY_BEFORE: ledgerKeyBefore };
  return [
    ...(isMissing ? ['UNDERSTUDY_LEDGER_KEY: set it, for ledger.checkpoints is configured.'] : []),
    ...Object.entries(keys).flatMap(([name, key]) => {
      try {
        if (key !== undefined) {
          readNoteSigner('ledger', key);
        }
        return [];
      } catch (error) {
        if (!(error instanceof NoteKeyError)) {
          throw error;
        }
        return [`${name}: ${error.message}`];
      }
    }),
  ];
};

const checkConfig = async (
  path: string,
  environment: Environment,
  furtherProblems: (fields: Fields) => Promise<readonly string[]>,
): Promise<Config> => {
  const raw = parseJson(readText(path, '--config'), path);
  const { fields, problems } = readFields(raw);
  const { secrets, problems: secretProblems } = await readSecrets(
    environment,
    fields.auth0?.managementAuthentication ?? 'client_secret',
  );
  const all = [
    ...problems,
    ...fieldProblems(fields),
    ...(await furtherProblems(fields)),
    ...secretProblems,
    ...ledgerKeyProblems(fields, secrets),
  ];
  if (all.length > 0) {
    throw new ConfigError(all);
  }
  return { ...configFileSchema.parse(raw), secrets };
};

/**
 * Reads and checks the whole configuration, and whether its addresses can be listened on.
 * @throws {ConfigError} naming everything that is wrong, each with its field.
 */
export const loadConfig = (path: string, environment: Environment): Promise<Config> =>
  checkConfig(path, environment, listenProblems);

/**
 * Reads and checks the configuration for a command that works beside a running backend: whether its addresses are
 * free does not matter.
 * @throws {ConfigError} as {@link loadConfig}
 */
export const readConfig = (path: string, environment: Environment): Promise<Config> =>
  checkConfig(path, environment, async () => []);
