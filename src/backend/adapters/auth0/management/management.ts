import { ManagementClient, ManagementError } from 'auth0';
import {
  TenantBusyError,
  TenantRefusesBackendError,
  TenantUnavailableError,
} from '../../../ports/tenant-errors.ts';
import type { ManagementAuthentication } from './management-authentication.ts';

const TIMEOUT_SECONDS = 5;

/** How the backend signs in to the Management API. */
export type ManagementCredentials = {
  /** The tenant's canonical domain, with port where there is one. */
  readonly domain: string;
  readonly clientId: string;
  readonly authentication: ManagementAuthentication;
  /** Sends each call; limits the rate of all of them together. */
  readonly fetch: typeof fetch;
};

/** A Management API client that gives up after 5 s and does not retry on its own. */
export const createManagementClient = ({
  authentication,
  ...credentials
}: ManagementCredentials): ManagementClient =>
  new ManagementClient({
    ...credentials,
    ...(authentication.method === 'client_secret'
      ? { clientSecret: authentication.clientSecret }
      : { clientAssertionSigningKey: authentication.pem, clientAssertionSigningAlg: 'RS256' }),
    telemetry: false,
    timeoutInSeconds: TIMEOUT_SECONDS,
    maxRetries: 0,
  });

/**
 * Awaits a Management API call in the ports' terms; `undefined` when what was asked for does not exist.
 * @throws {TenantBusyError} on 429, {@link TenantUnavailableError} on anything else that is no answer.
 */
export const managementAnswer = async <T>(call: PromiseLike<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (cause) {
    const status = cause instanceof ManagementError ? cause.statusCode : undefined;
    if (status === 404) {
      return undefined;
    }
    if (status === 429) {
      throw new TenantBusyError('The Management API is out of rate.', { cause });
    }
    const message = `The Management API answered ${status ?? 'nothing'}.`;
    if (status === 401 || status === 403) {
      throw new TenantRefusesBackendError(message, { cause });
    }
    throw new TenantUnavailableError(message, { cause });
  }
};

/** A page of a list as the SDK gives it. */
type ListPage<T> = {
  readonly data: readonly T[];
  readonly hasNextPage: () => boolean;
  readonly getNextPage: () => PromiseLike<ListPage<T>>;
};

/**
 * Like {@link managementAnswer} for one page of a list; lists always exist.
 * @throws {TenantUnavailableError} also on 404.
 */
export const managementPage = async <P>(call: PromiseLike<P>): Promise<P> => {
  const page = await managementAnswer(call);
  if (page === undefined) {
    throw new TenantUnavailableError('The Management API has no such list.');
  }
  return page;
};

/** All items of a list, page after page. Throws as {@link managementPage}. */
export const managementItems = async <T>(call: PromiseLike<ListPage<T>>): Promise<readonly T[]> => {
  const items: T[] = [];
  let page = await managementPage(call);
  for (;;) {
    items.push(...page.data);
    if (!page.hasNextPage()) {
      return items;
    }
    page = await managementPage(page.getNextPage());
  }
};
