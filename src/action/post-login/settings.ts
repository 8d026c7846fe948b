import * as z from 'zod/mini';
import {
  type ActionSecrets,
  optionalList,
  optionalSecret,
  readSwitch,
  requireList,
  requireSecret,
  SecretError,
} from '../secrets.ts';
import type { ProtectionRules } from './protection.ts';

/** The key in `app_metadata` that protects an account, unless the secret `PROTECTED_METADATA_KEY` names another. */
const DEFAULT_METADATA_KEY = 'understudy_protected';

/** Client ids of apps to the further apps that a session made for them may open. */
export type AppSuites = Readonly<Record<string, readonly string[]>>;

/** What the Action judges delegated logins by. */
export type Settings = {
  readonly requestingClientId: string;
  readonly protection: ProtectionRules;
  readonly alsoOpens: AppSuites;
  /** The plan has session metadata, so the launch is written there. */
  readonly writesSessionMetadata: boolean;
  /** The plan lets an Action shorten a session. */
  readonly setsSessionExpiry: boolean;
};

const suitesSchema = z.record(z.string(), z.array(z.string()));

const readSuites = (secrets: ActionSecrets): AppSuites => {
  const text = optionalSecret(secrets, 'ALSO_OPENS');
  if (text === undefined) {
    return {};
  }
  try {
    return suitesSchema.parse(JSON.parse(text));
  } catch (cause) {
    const form = '{"<client id>": ["<client id>"]}';
    throw new SecretError(`The secret ALSO_OPENS must be JSON like ${form}.`, { cause });
  }
};

/**
 * Reads the secrets that a delegated login is judged by: `REQUESTING_CLIENT_ID`; separated by commas
 * `AGENT_ROLES`, `PROTECTED_ROLES` and `CUSTOMER_CONNECTIONS`; and, each optional, `LINKED_CONNECTIONS_ALLOWED`
 * (separated by commas), `PROTECTED_METADATA_KEY` (default `understudy_protected`), `ALSO_OPENS` (JSON),
 * `SESSION_METADATA` and `SESSION_EXPIRY` (`on` or `off`).
 * @throws {SecretError} naming the first one that is missing or unreadable.
 */
export const readSettings = (secrets: ActionSecrets): Settings => ({
  requestingClientId: requireSecret(secrets, 'REQUESTING_CLIENT_ID'),
  protection: {
    roles: [...requireList(secrets, 'PROTECTED_ROLES'), ...requireList(secrets, 'AGENT_ROLES')],
    metadataKey: optionalSecret(secrets, 'PROTECTED_METADATA_KEY') ?? DEFAULT_METADATA_KEY,
    customerConnections: requireList(secrets, 'CUSTOMER_CONNECTIONS'),
    linkedConnectionsAllowed: optionalList(secrets, 'LINKED_CONNECTIONS_ALLOWED'),
  },
  alsoOpens: readSuites(secrets),
  writesSessionMetadata: readSwitch(secrets, 'SESSION_METADATA'),
  setsSessionExpiry: readSwitch(secrets, 'SESSION_EXPIRY'),
});
