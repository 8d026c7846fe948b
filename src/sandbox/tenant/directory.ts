import type {
  SuspiciousIpThrottling,
  TenantAction,
  TenantClient,
  TenantConnection,
  TenantOrganization,
  TenantRole,
  TenantSeed,
  TenantUser,
  TokenExchangeProfile,
} from './model.ts';

/** Looks up and changes what a tenant is configured with. */
export type Directory = ReturnType<typeof createDirectory>;

/** @see Auth0 documentation, "Suspicious IP Throttling", defaults */
const defaultThrottling: SuspiciousIpThrottling = {
  enabled: true,
  shields: ['admin_notification', 'block'],
  allowlist: [],
  stage: {
    'pre-login': { max_attempts: 100, rate: 864_000 },
    'pre-user-registration': { max_attempts: 50, rate: 1200 },
    'pre-custom-token-exchange': { max_attempts: 10, rate: 600_000 },
  },
};

/** A directory over its own copy of the seed, so that two tenants never share an object. */
export const createDirectory = (seed: TenantSeed) => {
  const complete = (): Required<TenantSeed> => ({
    clientCredentials: {},
    actions: [],
    postLoginBindings: [],
    guardianPolicies: [],
    ...structuredClone(seed),
    suspiciousIpThrottling: seed.suspiciousIpThrottling ?? structuredClone(defaultThrottling),
  });
  const data = complete();
  const clients = new Map<string, TenantClient>();
  const users = new Map<string, TenantUser>();
  const index = (): void => {
    clients.clear();
    users.clear();
    for (const client of data.clients) {
      clients.set(client.client_id, client);
    }
    for (const user of data.users) {
      users.set(user.user_id, user);
    }
  };
  index();

  const connection = (name: string): TenantConnection | undefined =>
    data.connections.find((candidate) => candidate.name === name);

  const isConnectionEnabled = (connectionName: string, client: TenantClient): boolean =>
    connection(connectionName)?.enabled_clients.includes(client.client_id) === true;

  const rolesOf = (userId: string): TenantRole[] =>
    data.roles.filter((role) => role.members.includes(userId));

  /** The roles that somebody holds within one organization only. */
  const organizationRolesOf = (
    { member_roles }: TenantOrganization,
    userId: string,
  ): TenantRole[] => data.roles.filter(({ id }) => member_roles?.[userId]?.includes(id));

  return {
    data,
    clients,
    users,
    connection,
    isConnectionEnabled,
    rolesOf,
    organizationRolesOf,

    /** Makes everything as it was in the seed. */
    reset: (): void => {
      Object.assign(data, complete());
      index();
    },

    addClient: (client: TenantClient): void => {
      data.clients.push(client);
      clients.set(client.client_id, client);
    },

    /** Takes a client away, and out of the connections that it had enabled. */
    removeClient: (id: string): void => {
      data.clients = data.clients.filter(({ client_id }) => client_id !== id);
      clients.delete(id);
      delete data.clientCredentials[id];
      data.clientGrants = data.clientGrants.filter(({ client_id }) => client_id !== id);
      for (const each of data.connections) {
        each.enabled_clients = each.enabled_clients.filter((client_id) => client_id !== id);
      }
    },

    /** The one profile of a `subject_token_type`. */
    profileOf: (subjectTokenType: string | undefined): TokenExchangeProfile | undefined =>
      data.tokenExchangeProfiles.find((profile) => profile.subject_token_type === subjectTokenType),

    action: (id: string | undefined): TenantAction | undefined =>
      data.actions.find((candidate) => candidate.id === id),

    /** The connections on which a client lets people in. */
    connectionsOf: (client: TenantClient): TenantConnection[] =>
      data.connections.filter((candidate) => candidate.enabled_clients.includes(client.client_id)),

    /** By id, or by name as "Allow Organization Names in Authentication API" does. */
    organization: (idOrName: string): TenantOrganization | undefined =>
      data.organizations.find(
        (candidate) =>
          candidate.id === idOrName || candidate.name.toLowerCase() === idOrName.toLowerCase(),
      ),

    organizationsOf: (userId: string): TenantOrganization[] =>
      data.organizations.filter((candidate) => candidate.members.includes(userId)),

    permissionsOf: (userId: string, audience: string): string[] => [
      ...new Set(
        rolesOf(userId).flatMap((role) =>
          role.permissions
            .filter((permission) => permission.resource_server_identifier === audience)
            .map((permission) => permission.permission_name),
        ),
      ),
    ],

    resourceServer: (identifier: string) =>
      data.resourceServers.find((candidate) => candidate.identifier === identifier),

    /**
     * The id within a connection is what follows `provider|`; for an enterprise id
     * `provider|connection|id` the bare `id` is understood too.
     */
    userByConnection: (connectionName: string, idWithin: string): TenantUser | undefined =>
      data.users.find((user) =>
        user.identities.some(
          (identity) =>
            identity.connection === connectionName &&
            (identity.user_id === idWithin || identity.user_id === `${connectionName}|${idWithin}`),
        ),
      ),

    /** Checks a password on the database connections that the client has enabled. */
    userByPassword: (
      client: TenantClient,
      email: string,
      password: string,
      onlyConnection: string | undefined,
    ): { user: TenantUser; connection: string } | undefined => {
      for (const user of data.users) {
        if (user.email.toLowerCase() !== email.trim().toLowerCase()) {
          continue;
        }
        const expected = data.passwords[user.user_id];
        if (expected === undefined || expected !== password || user.blocked === true) {
          continue;
        }
        const identity = user.identities.find(
          (candidate) =>
            connection(candidate.connection)?.strategy === 'auth0' &&
            isConnectionEnabled(candidate.connection, client) &&
            (onlyConnection === undefined || onlyConnection === candidate.connection),
        );
        if (identity) {
          return { user, connection: identity.connection };
        }
      }
      return undefined;
    },
  };
};
