import type { Permission } from '../../contract/permissions.ts';
import { API_REQUIREMENTS } from '../../tenant-settings/api-requirements.ts';
import { reference } from '../../tenant-settings/call.ts';
import {
  extensionRequirements,
  managementRequirements,
  REQUESTING_REQUIREMENTS,
  TARGET_REQUIREMENTS,
} from '../../tenant-settings/client-requirements.ts';
import type { JsonObject } from '../../tenant-settings/json.ts';
import {
  authenticationMethods,
  type ManagementAuthentication,
  type ManagementKey,
} from '../../tenant-settings/management-keys.ts';
import { BACKEND_SCOPES } from '../../tenant-settings/management-scopes.ts';
import { objectMeeting, type Requirement } from '../../tenant-settings/requirement.ts';
import type { Answers } from './answers.ts';

/** The three applications that setup makes. */
export const CLIENT_NAMES = ['extension', 'requesting', 'management'] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** An application: what it has to be, and what it is made with. */
export type DescribedClient = {
  readonly name: string;
  readonly requirements: readonly Requirement[];
  readonly initial: JsonObject;
};

export type DescribedRole = {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
};

/** An Action with all that is deployed with it. Its secrets are none: ids, names and public keys. */
export type DescribedAction = {
  readonly name: string;
  readonly trigger: {
    readonly id: 'custom-token-exchange' | 'post-login';
    readonly version: string;
  };
  readonly code: string;
  /** Values may hold references to clients. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** Everything that has to be in the tenant: what setup applies, the doctor checks, and the exports say. */
export type Description = {
  readonly api: {
    readonly identifier: string;
    readonly name: string;
    readonly requirements: readonly Requirement[];
  };
  readonly clients: Readonly<Record<ClientName, DescribedClient>>;
  readonly managementScopes: readonly string[];
  /** The keys that the backend's own application authenticates with; absent where it has a secret. */
  readonly managementKeys: readonly ManagementKey[] | undefined;
  readonly roles: { readonly agent: DescribedRole; readonly supervisor: DescribedRole };
  readonly actions: { readonly exchange: DescribedAction; readonly login: DescribedAction };
  readonly profile: { readonly name: string; readonly subjectTokenType: string };
  readonly targets: readonly string[];
  readonly targetRequirements: readonly Requirement[];
  /** Connection names to the clients that need them: references or client ids. */
  readonly connections: Readonly<Record<string, readonly string[]>>;
  readonly organizations: readonly string[];
  readonly customerConnections: readonly string[];
  readonly firstAgent: string | undefined;
};

/** What is built or generated, and no answer. */
export type DescriptionParts = {
  readonly code: { readonly exchange: string; readonly login: string };
  /** The public keys that verify subject tokens, as a JWK set. */
  readonly jwks: string;
  readonly firefoxRedirectOrigin: string;
  /** The public keys that the backend signs in to the Management API with, if it does so with a key. */
  readonly managementKeys: readonly ManagementKey[];
};

const REQUESTING = reference('client:requesting');
const EXTENSION = reference('client:extension');

const AGENT_PERMISSIONS = ['impersonate:customers', 'read:customers'] as const;
const SUPERVISOR_PERMISSIONS = [
  ...AGENT_PERMISSIONS,
  'read:launches',
  'end:launches',
  'read:ledger',
] as const;

/** The part of a name that goes into ids: `Understudy EU` to `understudy-eu`. */
export const slugOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** How the backend signs in to the Management API. */
export const managementAuthenticationOf = ({
  managementAuthentication = 'client_secret',
}: Pick<Answers, 'managementAuthentication'>): ManagementAuthentication => managementAuthentication;

const describeClients = (answers: Answers, parts: DescriptionParts): Description['clients'] => {
  const extension = extensionRequirements({
    chromeIds: answers.extensionIds,
    firefoxRedirectOrigin: parts.firefoxRedirectOrigin,
  });
  const authentication = managementAuthenticationOf(answers);
  const management = managementRequirements(authentication);
  return {
    extension: {
      name: answers.name,
      requirements: extension,
      initial: {
        ...objectMeeting(extension),
        name: answers.name,
        description: 'Signs agents in to the browser extension',
      },
    },
    requesting: {
      name: `${answers.name} backend`,
      requirements: REQUESTING_REQUIREMENTS,
      initial: {
        ...objectMeeting(REQUESTING_REQUIREMENTS),
        name: `${answers.name} backend`,
        description: 'Exchanges launches for session transfer tokens',
        app_type: 'regular_web',
        grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'],
      },
    },
    management: {
      name: `${answers.name} management`,
      requirements: management,
      initial: {
        ...objectMeeting(management),
        name: `${answers.name} management`,
        description: 'Reads the tenant for the backend, and ends sessions',
        oidc_conformant: true,
        ...(authentication === 'private_key_jwt' && authenticationMethods(parts.managementKeys)),
      },
    },
  };
};

const describeActions = (answers: Answers, parts: DescriptionParts): Description['actions'] => {
  const roles = describeRoles(answers);
  const shared = {
    REQUESTING_CLIENT_ID: REQUESTING,
    EXTENSION_CLIENT_ID: EXTENSION,
    AGENT_ROLES: [roles.agent.name, roles.supervisor.name].join(','),
    CUSTOMER_CONNECTIONS: answers.customerConnections.join(','),
  };
  const slug = slugOf(answers.name);
  return {
    exchange: {
      name: `${slug}-custom-token-exchange`,
      trigger: { id: 'custom-token-exchange', version: 'v1' },
      code: parts.code.exchange,
      secrets: {
        ...shared,
        SUBJECT_TOKEN_ISSUER: answers.backendOrigin,
        SUBJECT_TOKEN_AUDIENCE: `${answers.agentsOrigin}/`,
        ...(answers.subjectKeys === 'address'
          ? { SUBJECT_TOKEN_JWKS_URI: `${answers.backendOrigin}/.well-known/jwks.json` }
          : { SUBJECT_TOKEN_JWKS: parts.jwks }),
      },
    },
    login: {
      name: `${slug}-post-login`,
      trigger: { id: 'post-login', version: 'v3' },
      code: parts.code.login,
      secrets: { ...shared, PROTECTED_ROLES: answers.protectedRoles.join(',') },
    },
  };
};

/** The roles of agents and of those who look after them. */
export const describeRoles = ({ name }: Pick<Answers, 'name'>): Description['roles'] => ({
  agent: {
    name: `${name} Agent`,
    description: 'Acts as customers',
    permissions: AGENT_PERMISSIONS,
  },
  supervisor: {
    name: `${name} Supervisor`,
    description: 'Acts as customers, sees and ends everybody’s launches, exports the ledger',
    permissions: SUPERVISOR_PERMISSIONS,
  },
});

const describeConnections = (answers: Answers): Description['connections'] => {
  const targets = answers.targets.map(({ clientId }) => clientId);
  const wanted = new Map<string, readonly string[]>();
  for (const connection of answers.customerConnections) {
    wanted.set(connection, [REQUESTING, ...targets]);
  }
  for (const connection of answers.agentConnections) {
    wanted.set(connection, [...(wanted.get(connection) ?? []), EXTENSION]);
  }
  return Object.fromEntries(wanted);
};

/** Says what the tenant has to contain for these answers. */
export const describe = (answers: Answers, parts: DescriptionParts): Description => ({
  api: {
    identifier: answers.backendOrigin,
    name: answers.name,
    requirements: API_REQUIREMENTS,
  },
  clients: describeClients(answers, parts),
  managementScopes: BACKEND_SCOPES,
  managementKeys:
    managementAuthenticationOf(answers) === 'private_key_jwt' ? parts.managementKeys : undefined,
  roles: describeRoles(answers),
  actions: describeActions(answers, parts),
  profile: { name: slugOf(answers.name), subjectTokenType: subjectTokenTypeOf(answers) },
  targets: answers.targets.map(({ clientId }) => clientId),
  targetRequirements: TARGET_REQUIREMENTS,
  connections: describeConnections(answers),
  organizations: answers.organizations,
  customerConnections: answers.customerConnections,
  firstAgent: answers.firstAgent,
});

/** The `subject_token_type` of the token exchange profile. */
export const subjectTokenTypeOf = ({ name }: Pick<Answers, 'name'>): string =>
  `urn:${slugOf(name)}:customer`;
