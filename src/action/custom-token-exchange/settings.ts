import { type ActionSecrets, requireList, requireSecret } from '../secrets.ts';
import type { ActorTokenRules } from './actor-token.ts';
import type { SubjectTokenRules } from './subject-token.ts';
import { type ActionCache, subjectTokenKeys } from './subject-token-keys.ts';

/** What the Action is configured with. */
export type Settings = {
  /** `urn:{hostname}:session_transfer` of the domain where agents sign in. */
  readonly exchangeAudience: string;
  readonly requestingClientId: string;
  /** The connections that hold customers; everybody else is staff. */
  readonly customerConnections: readonly string[];
  readonly subject: SubjectTokenRules;
  readonly actor: ActorTokenRules;
};

/**
 * Reads the Action's secrets: `SUBJECT_TOKEN_ISSUER` (the backend's origin), `SUBJECT_TOKEN_AUDIENCE`
 * (issuer URL of the agents' domain), `SUBJECT_TOKEN_JWKS` (pinned public keys) or
 * `SUBJECT_TOKEN_JWKS_URI` (their address), `REQUESTING_CLIENT_ID`, `EXTENSION_CLIENT_ID`, and, separated by commas,
 * `AGENT_ROLES` and `CUSTOMER_CONNECTIONS`.
 * @throws {SecretError} naming the first one that is missing or unusable.
 */
export const readSettings = (secrets: ActionSecrets, cache: ActionCache): Settings => {
  const audience = requireSecret(secrets, 'SUBJECT_TOKEN_AUDIENCE');
  return {
    exchangeAudience: `urn:${new URL(audience).hostname}:session_transfer`,
    requestingClientId: requireSecret(secrets, 'REQUESTING_CLIENT_ID'),
    customerConnections: requireList(secrets, 'CUSTOMER_CONNECTIONS'),
    subject: {
      issuer: requireSecret(secrets, 'SUBJECT_TOKEN_ISSUER'),
      audience,
      keys: subjectTokenKeys(secrets, cache),
    },
    actor: {
      issuer: audience,
      extensionClientId: requireSecret(secrets, 'EXTENSION_CLIENT_ID'),
      agentRoles: requireList(secrets, 'AGENT_ROLES'),
    },
  };
};
