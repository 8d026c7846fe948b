import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import {
  isJsonObject,
  isSameJson,
  type Json,
  type JsonObject,
  jsonObjectSchema,
} from '../../tenant-settings/json.ts';
import type { Answers } from '../description/answers.ts';
import {
  describeRoles,
  managementAuthenticationOf,
  subjectTokenTypeOf,
} from '../description/describe.ts';

/** What the tenant says of a target app, as far as the backend's configuration needs it. */
export type KnownTarget = {
  readonly clientId: string;
  readonly loginUrl: string | undefined;
  /** The URL is configured because the client has no such `initiate_login_uri`. */
  readonly isOverride: boolean;
};

/** Ids of the three applications. */
export type ClientIds = {
  readonly extension: string;
  readonly requesting: string;
  readonly management: string;
};

/** The configuration file cannot be read, so it is not written over. */
export class BackendConfigError extends Error {
  override readonly name = 'BackendConfigError';
}

const originOf = (url: string | undefined): readonly string[] => {
  const origin = URL.parse(url ?? '')?.origin;
  return origin === undefined ? [] : [origin];
};

const targetConfig = (target: KnownTarget, answers: Answers): JsonObject => ({
  loginDomain: new URL(answers.customersOrigin).host,
  origins: originOf(target.loginUrl),
  ...(target.isOverride && target.loginUrl !== undefined && { loginUrl: target.loginUrl }),
});

/** What a new configuration has where setup has no opinion. */
const choices = (answers: Answers): JsonObject => ({
  listen: { host: '127.0.0.1', port: 8080 },
  metricsListen: { host: '127.0.0.1', port: 9464 },
  recordPatterns: [],
  policy: { reason: { required: true, minLength: 5 }, ticket: { required: false } },
  trustedProxies: [],
  ledger: { dataFolder: './understudy-ledger' },
  protection: {
    roles: [...answers.protectedRoles],
    staffRoles: Object.values(describeRoles(answers)).map(({ name }) => name),
  },
});

const merged = (known: Json | undefined, wanted: Json): Json =>
  isJsonObject(wanted) && isJsonObject(known)
    ? {
        ...known,
        ...Object.fromEntries(
          Object.entries(wanted).map(([name, value]) => [name, merged(known[name], value)]),
        ),
      }
    : wanted;

const withOrigins = (known: Json | undefined, origins: readonly string[]): readonly Json[] => [
  ...new Set([...(Array.isArray(known) ? known : []), ...origins]),
];

/**
 * Gives the backend's configuration: what setup knows goes over what is there, everything else that is
 * there stays, and what nobody has decided yet gets a careful default.
 */
export const backendConfig = (
  answers: Answers,
  clients: ClientIds,
  targets: readonly KnownTarget[],
  known: JsonObject,
): JsonObject => {
  const isLocal = [answers.agentsOrigin, answers.customersOrigin, answers.backendOrigin].some(
    (origin) => origin.startsWith('http:'),
  );
  const own: JsonObject = {
    publicOrigin: answers.backendOrigin,
    ...(isLocal && { allowInsecureLocalhost: true }),
    auth0: {
      issuer: `${answers.agentsOrigin}/`,
      managementDomain: answers.domain,
      requestingClientId: clients.requesting,
      managementClientId: clients.management,
      managementAuthentication: managementAuthenticationOf(answers),
      extensionClientId: clients.extension,
      subjectTokenType: subjectTokenTypeOf(answers),
    },
    extension: { ids: [...answers.extensionIds] },
    customers: { connections: [...answers.customerConnections] },
    loginOrigins: withOrigins(
      known['loginOrigins'],
      targets.flatMap(({ loginUrl }) => originOf(loginUrl)),
    ),
    targetApps: Object.fromEntries(
      targets.map((target) => [target.clientId, targetConfig(target, answers)]),
    ),
  };
  return jsonObjectSchema.parse(merged({ ...choices(answers), ...known }, own));
};

/**
 * Reads a configuration; an empty one when there is none.
 * @throws {BackendConfigError}
 */
export const readBackendConfig = (path: string): JsonObject => {
  if (!existsSync(path)) {
    return {};
  }
  try {
    return z.parse(jsonObjectSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new BackendConfigError(`${path} is not a JSON object.`, { cause });
  }
};

/** Writes the configuration unless it is the same; tells whether it was written. */
export const writeBackendConfig = async (path: string, config: JsonObject): Promise<boolean> => {
  if (existsSync(path) && isSameJson(readBackendConfig(path), config)) {
    return false;
  }
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`);
  return true;
};
