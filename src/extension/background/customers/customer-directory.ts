import * as z from 'zod/mini';
import {
  type Customer,
  type CustomerDetails,
  type Customers,
  customerSchema,
} from '../../../contract/customer.ts';
import type { CustomerId, OrganizationId } from '../../../contract/ids.ts';
import { SEARCH_DEFAULT_RESULTS } from '../../../contract/search-limits.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { Outcome } from '../../messages/wire/outcome.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';

/** The customers as the backend knows them. Names are remembered for the browser session only. */
export type CustomerDirectory = {
  readonly search: (query: string, limit?: number) => Promise<Outcome<Customers>>;
  readonly details: (id: CustomerId) => Promise<Outcome<CustomerDetails>>;
  /** Fetches all of `ids` that are not remembered, in one call; a failure leaves them unknown. */
  readonly fetchMissing: (ids: readonly CustomerId[]) => Promise<void>;
  /** Fetches all of `ids` again, in one call: somebody may have become protected, or be gone. */
  readonly refresh: (ids: readonly CustomerId[]) => Promise<void>;
  /** Remembers customers that the backend named, and ids that it does not know. */
  readonly remember: (found: readonly Customer[], gone: readonly string[]) => Promise<void>;
  readonly known: () => Promise<ReadonlyMap<string, Customer>>;
  /** Ids that the backend was asked for and does not know. */
  readonly gone: () => Promise<ReadonlySet<string>>;
  /** The name of an organization, if this worker saw it. */
  readonly organizationName: (id: OrganizationId) => string | undefined;
};

/** Enough for the recents and a few searches. */
const REMEMBERED = 100;

const memorySchema = z.object({ customers: z.array(customerSchema), gone: z.array(z.string()) });
type Memory = z.infer<typeof memorySchema>;

const NOTHING: Memory = { customers: [], gone: [] };

const merge = (memory: Memory, found: readonly Customer[], gone: readonly string[]): Memory => {
  const news = new Set([...found.map(({ id }): string => id), ...gone]);
  return {
    customers: [...found, ...memory.customers.filter(({ id }) => !news.has(id))].slice(
      0,
      REMEMBERED,
    ),
    gone: [...gone, ...memory.gone.filter((id) => !news.has(id))].slice(0, REMEMBERED),
  };
};

/** Makes {@link CustomerDirectory}. */
export const createCustomerDirectory = (
  session: StorageArea,
  client: BackendClient,
): CustomerDirectory => {
  const stored = storedValue(session, 'customers', memorySchema);
  const serial = createSerial();
  const organizationNames = new Map<string, string>();
  const read = async (): Promise<Memory> => (await stored.read()) ?? NOTHING;

  const remember = (found: readonly Customer[], gone: readonly string[]): Promise<void> =>
    serial(async () => stored.write(merge(await read(), found, gone)));

  const fetch = async (ids: readonly CustomerId[]): Promise<void> => {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) {
      return;
    }
    const answer = await client('customers', { query: { ids: wanted.join(',') } });
    if (!answer.ok) {
      return;
    }
    const found = new Set<string>(answer.value.customers.map(({ id }) => id));
    await remember(
      answer.value.customers,
      wanted.filter((id) => !found.has(id)),
    );
  };

  return {
    search: async (query, limit = SEARCH_DEFAULT_RESULTS) => {
      const answer = await client('customers', { query: { q: query, limit: String(limit) } });
      if (answer.ok) {
        await remember(answer.value.customers, []);
      }
      return answer;
    },
    details: async (id) => {
      const answer = await client('customer', { params: { id } });
      if (answer.ok) {
        await remember([customerSchema.parse(answer.value)], []);
        for (const organization of answer.value.organizations) {
          organizationNames.set(organization.id, organization.displayName || organization.name);
        }
      } else if (answer.problem.code === 'customer_not_found') {
        await remember([], [id]);
      }
      return answer;
    },
    fetchMissing: async (ids) => {
      const memory = await read();
      const settled = new Set<string>([...memory.customers.map(({ id }) => id), ...memory.gone]);
      await fetch(ids.filter((id) => !settled.has(id)));
    },
    refresh: fetch,
    remember,
    known: async () => new Map((await read()).customers.map((customer) => [customer.id, customer])),
    gone: async () => new Set((await read()).gone),
    organizationName: (id) => organizationNames.get(id),
  };
};
