import type { Management, ManagementClient } from 'auth0';
import {
  customerIdSchema,
  type OrganizationId,
  organizationIdSchema,
} from '../../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  CustomerDirectory,
  FoundCustomer,
  Membership,
  SearchResult,
} from '../../ports/customer-directory.ts';
import { TenantBusyError } from '../../ports/tenant-errors.ts';
import { createRecentAnswers } from '../../recent-answers.ts';
import {
  managementAnswer,
  managementItems,
  managementPage,
} from '../auth0/management/management.ts';
import { byCloseness } from './closeness.ts';
import { customerAttributes } from './customer-attributes.ts';
import { customerIdentityOf } from './customer-identity.ts';
import { createSharedSearches } from './shared-searches.ts';
import { exactQuery, idsQuery, SEARCHED_FIELDS, searchQuery, shortWordsOf } from './user-query.ts';

const ANSWER_LIFETIME_MILLISECONDS = 10_000;
/** How old an answer may be that is given while the tenant is too busy for a new one. */
const OLDER_ANSWER_MILLISECONDS = 5 * 60_000;
const ANSWER_CAPACITY = 500;
/** An organization's roles change rarely, and a customer may belong to many. */
const ORGANIZATION_ROLES_LIFETIME_MILLISECONDS = 10 * 60_000;
const ORGANIZATION_ROLES_CAPACITY = 10_000;
const PAGE_SIZE = 100;
const KEY_MATCHES = 20;
const FIELDS = 'user_id,name,email,email_verified,identities,app_metadata';

export type Auth0DirectoryOptions = {
  readonly management: ManagementClient;
  /** The connections that hold customers; nobody else is found. */
  readonly connections: readonly string[];
  /** Key in `app_metadata` whose value `true` protects an account. */
  readonly metadataKey: string;
  /** Field in `app_metadata` that holds the customer's id in other systems. */
  readonly externalIdField: string;
  /** Attributes of customers that the company's rules know: the path in `app_metadata` by name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly clock: Clock;
};

/** Whether a mark protects: anything but its absence, `false` or `null`, for a mark that is misspelt must not open. */
const isMark = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false;

type Auth0User = Management.UserResponseSchema | Management.GetUserResponseContent;

/**
 * Customers as the tenant's own user search knows them: eventually consistent, 1,000 results at most,
 * under a tight rate limit, so equal searches share one answer for ten seconds.
 * @see Auth0 "User Search Best Practices"
 */
export const createAuth0Directory = (options: Auth0DirectoryOptions): CustomerDirectory => {
  const { management, connections, clock } = options;
  const recently = createRecentAnswers<SearchResult>(
    { lifetimeMilliseconds: ANSWER_LIFETIME_MILLISECONDS, capacity: ANSWER_CAPACITY },
    clock,
  );

  const sharing = createSharedSearches<SearchResult>();
  const older = new Map<string, { readonly result: SearchResult; readonly at: number }>();

  const recentOrganizationRoles = createRecentAnswers<readonly string[]>(
    {
      lifetimeMilliseconds: ORGANIZATION_ROLES_LIFETIME_MILLISECONDS,
      capacity: ORGANIZATION_ROLES_CAPACITY,
    },
    clock,
  );

  const describe = (user: Auth0User): FoundCustomer | undefined => {
    const id = customerIdSchema.safeParse(user.user_id).data;
    if (!id) {
      return undefined;
    }
    const email = user.email ?? '';
    const identities = (user.identities ?? []).map(({ connection = '', user_id: userId }) => ({
      connection,
      userId: String(userId ?? ''),
    }));
    return {
      id,
      name: user.name ?? (email || id),
      email,
      emailVerified: user.email_verified === true,
      ...customerIdentityOf(identities, connections),
      markedProtected: isMark(user.app_metadata?.[options.metadataKey]),
    };
  };

  const query = async (q: string, pageSize: number) => {
    const page = await managementPage(
      management.users.list({
        q,
        search_engine: 'v3',
        fields: FIELDS,
        include_fields: true,
        include_totals: true,
        per_page: pageSize,
      }),
    );
    const total = 'total' in page.response ? page.response.total : undefined;
    return { users: page.data.flatMap((user) => describe(user) ?? []), total };
  };

  const search = async (term: string, limit: number): Promise<SearchResult> => {
    const fields = SEARCHED_FIELDS;
    const q = searchQuery(term, connections, options.externalIdField);
    if (!q) {
      return { customers: [], fields, more: false };
    }
    const { users, total } = await query(q, Math.min(limit * 2, PAGE_SIZE));
    const shortWords = shortWordsOf(term);
    const matching = byCloseness(
      term,
      users.filter(({ name, email }) => {
        const text = `${name} ${email}`.toLowerCase();
        return shortWords.every((word) => text.includes(word));
      }),
    );
    return {
      customers: matching.slice(0, limit),
      fields,
      more: matching.length > limit || (total ?? 0) > users.length,
    };
  };

  /** Asks the tenant; while it is too busy, gives what it answered before. */
  const searchOrRemember = async (
    question: string,
    term: string,
    limit: number,
  ): Promise<SearchResult> => {
    const remembered = older.get(question);
    try {
      const result = await search(term, limit);
      older.delete(question);
      older.set(question, { result, at: clock().getTime() });
      const [oldest] = older.keys();
      if (older.size > ANSWER_CAPACITY && oldest !== undefined) {
        older.delete(oldest);
      }
      return result;
    } catch (error) {
      const isFit = remembered && clock().getTime() - remembered.at < OLDER_ANSWER_MILLISECONDS;
      if (error instanceof TenantBusyError && isFit) {
        return remembered.result;
      }
      throw error;
    }
  };

  const membershipsOf = async (userId: string): Promise<readonly Membership[]> => {
    const organizations = await managementItems(
      management.users.organizations.list(userId, { per_page: PAGE_SIZE, include_totals: true }),
    );
    return organizations.flatMap(({ id: rawId, name, display_name }) => {
      const id = organizationIdSchema.safeParse(rawId).data;
      return id ? [{ id, name: name ?? id, displayName: display_name ?? name ?? id }] : [];
    });
  };

  const rolesOf = async (userId: string): Promise<readonly string[]> => {
    const roles = await managementItems(
      management.users.roles.list(userId, { per_page: PAGE_SIZE, include_totals: true }),
    );
    return roles.flatMap(({ name }) => name ?? []);
  };

  const rolesInOrganization = async (
    organizationId: OrganizationId,
    userId: string,
  ): Promise<readonly string[]> => {
    const roles = await managementItems(
      management.organizations.members.roles.list(organizationId, userId, {
        per_page: PAGE_SIZE,
        include_totals: true,
      }),
    );
    return roles.flatMap(({ name }) => name ?? []);
  };

  const rolesInAllOrganizations = async (
    organizations: readonly Membership[],
    userId: string,
    freshIn: OrganizationId | undefined,
  ): Promise<readonly string[]> => {
    const roles = await Promise.all(
      organizations.map(({ id }) => {
        const ask = () => rolesInOrganization(id, userId);
        return id === freshIn ? ask() : recentOrganizationRoles(JSON.stringify([id, userId]), ask);
      }),
    );
    return roles.flat();
  };

  return {
    search: (term, limit) => {
      const question = JSON.stringify([term.trim(), limit]);
      return sharing(question, () =>
        recently(question, () => searchOrRemember(question, term, limit)),
      );
    },
    findByIds: async (ids) =>
      ids.length === 0 ? [] : (await query(idsQuery(ids, connections), PAGE_SIZE)).users,
    findByKey: async (key, value) => {
      const field = key === 'email' ? 'email' : `app_metadata.${options.externalIdField}`;
      return (await query(exactQuery(field, value, connections), KEY_MATCHES)).users;
    },
    load: async (id, organizationId) => {
      // All three at once, for a launch waits for them. The tenant refuses the lists of an account that does
      // not exist, which is then no failure.
      const lists = Promise.all([membershipsOf(id), rolesOf(id)]);
      lists.catch(() => undefined);
      const user = await managementAnswer(
        management.users.get(id, { fields: FIELDS, include_fields: true }),
      );
      const found = user && describe(user);
      // A tenant that answers with somebody else must not have them acted for under this id.
      if (!user || found?.id !== id) {
        return undefined;
      }
      const [organizations, roles] = await lists;
      const organizationRoles = await rolesInAllOrganizations(organizations, id, organizationId);
      return {
        ...found,
        organizations,
        roles: [...roles, ...organizationRoles],
        attributes: customerAttributes(user.app_metadata, options.attributes),
      };
    },
  };
};
