import type { CustomerId, OrganizationId } from '../../contract/ids.ts';
import type { PolicyAttributes } from './policy-attributes.ts';

/** A person in the directory as a search finds them. Times and roles are not known here. */
export type FoundCustomer = {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** The customers' connection that the account is in; of a linked account, the connection of the identity there. */
  readonly connection: string;
  /** The id within that connection. */
  readonly identityUserId: string;
  /** The connections of the account's other identities. */
  readonly otherConnections: readonly string[];
  /** The account carries the mark that protects it. Roles may protect it as well; see {@link LoadedCustomer}. */
  readonly markedProtected: boolean;
};

export type Membership = {
  readonly id: OrganizationId;
  readonly name: string;
  readonly displayName: string;
};

/** A person loaded afresh, with all that a policy decision needs. */
export type LoadedCustomer = FoundCustomer & {
  /** Names of all roles that they hold, whether in the tenant or in any of their organizations. */
  readonly roles: readonly string[];
  readonly organizations: readonly Membership[];
  /** What the configuration reads from `app_metadata` for the company's rules, by name. */
  readonly attributes: PolicyAttributes;
};

export type SearchResult = {
  readonly customers: readonly FoundCustomer[];
  /** The fields that were looked at. */
  readonly fields: readonly string[];
  /** How many customers were searched, where the source knows. */
  readonly total?: number;
  readonly more: boolean;
};

/** The agent has asked for something else since, and the tenant's rate did not allow to answer this search as well. */
export class SearchSupersededError extends Error {
  override readonly name = 'SearchSupersededError';
}

/**
 * Finds customers. A search term is text, never query syntax.
 * @throws {TenantUnavailableError | TenantBusyError} from every method, when the source does not answer.
 */
export type CustomerDirectory = {
  /**
   * Customers whose name or e-mail contains every word of the term; `limit` at most.
   * @throws {SearchSupersededError} when the same agent has searched for something else since and the source is too busy for both
   */
  readonly search: (term: string, limit: number) => Promise<SearchResult>;
  /** The customers that exist among the ids, in no particular order. */
  readonly findByIds: (ids: readonly CustomerId[]) => Promise<readonly FoundCustomer[]>;
  /** The customers who have exactly this e-mail address (ignoring case) or external id; 20 at most. */
  readonly findByKey: (
    key: 'email' | 'external_id',
    value: string,
  ) => Promise<readonly FoundCustomer[]>;
  /**
   * One person; `undefined` when there is none. Nothing comes from a cache but the roles that they hold in
   * other organizations than `organizationId`: those may be ten minutes old.
   */
  readonly load: (
    id: CustomerId,
    organizationId?: OrganizationId,
  ) => Promise<LoadedCustomer | undefined>;
};
