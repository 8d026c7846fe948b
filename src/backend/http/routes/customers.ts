import * as z from 'zod/mini';
import type { Customer } from '../../../contract/customer.ts';
import { type CustomerId, customerIdSchema } from '../../../contract/ids.ts';
import type { RecordPattern } from '../../../contract/record.ts';
import {
  SEARCH_DEFAULT_RESULTS,
  SEARCH_MAX_CHARACTERS,
  SEARCH_MAX_RESULTS,
  SEARCH_MIN_CHARACTERS,
} from '../../../contract/search-limits.ts';
import type { Caller } from '../../launch/dependencies.ts';
import { resolveRecord } from '../../launch/resolve-record.ts';
import { type ProtectionRules, refuseProtected } from '../../policy/protection.ts';
import { canReach } from '../../policy/reach.ts';
import type { CustomerDirectory, FoundCustomer } from '../../ports/customer-directory.ts';
import type { Tenant } from '../../ports/tenant.ts';
import type { ReadTrace } from '../../reading/read-trace.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

export type CustomerRoutesOptions = {
  readonly customers: CustomerDirectory;
  readonly tenant: Pick<Tenant, 'apps'>;
  readonly protection: ProtectionRules;
  readonly recordPatterns: readonly RecordPattern[];
  /** Counts what each agent reads, and refuses where they may read no more. */
  readonly reading: ReadTrace['reading'];
};

const describe = ({
  markedProtected,
  otherConnections: _others,
  identityUserId: _identity,
  ...customer
}: FoundCustomer): Customer => ({
  ...customer,
  ...(markedProtected && { protected: true }),
});

const limitSchema = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(SEARCH_MAX_RESULTS));

const idsOf = (text: string): readonly CustomerId[] | undefined => {
  const ids = text.split(',').map((id) => customerIdSchema.safeParse(id).data);
  return ids.length <= SEARCH_MAX_RESULTS && ids.every((id) => id !== undefined) ? ids : undefined;
};

/** Finding customers: by a term, by ids, by a record, and one in full. */
export const addCustomerRoutes = (
  { route }: Register,
  { customers, tenant, protection, recordPatterns, reading }: CustomerRoutesOptions,
): void => {
  const readById = (caller: Caller, ids: readonly CustomerId[]) =>
    reading(caller, async (show) => {
      const found = await customers.findByIds(ids);
      show({ seen: found.map(({ id }) => id) });
      return { customers: found.map(describe), searched: { fields: ['user_id'] }, more: false };
    });

  const readByTerm = (caller: Caller, term: string, limit: number) =>
    reading(caller, async (show) => {
      const { customers: found, fields, total, more } = await customers.search(term, limit);
      show({ searches: 1, seen: found.map(({ id }) => id) });
      return {
        customers: found.map(describe),
        searched: { fields: [...fields], ...(total !== undefined && { total }) },
        more,
      };
    });

  route(OPERATIONS.customers, async ({ c, caller }) => {
    const limit = limitSchema.safeParse(c.req.query('limit') ?? SEARCH_DEFAULT_RESULTS);
    if (!limit.success) {
      return refuse('invalid_request', `"limit" must be 1 to ${SEARCH_MAX_RESULTS}.`);
    }
    const listed = c.req.query('ids');
    if (listed !== undefined) {
      const ids = idsOf(listed);
      if (!ids) {
        const detail = `"ids" must be 1 to ${SEARCH_MAX_RESULTS} ids, separated by commas.`;
        return refuse('invalid_request', detail);
      }
      return readById(caller, ids);
    }
    const term = (c.req.query('q') ?? '').trim();
    const characters = [...term].length;
    if (characters < SEARCH_MIN_CHARACTERS || characters > SEARCH_MAX_CHARACTERS) {
      const detail = `Search for ${SEARCH_MIN_CHARACTERS} to ${SEARCH_MAX_CHARACTERS} characters.`;
      return refuse('invalid_request', detail);
    }
    return readByTerm(caller, term, limit.data);
  });

  route(OPERATIONS.customersByRecord, ({ c, caller }) =>
    reading(caller, async (show) => {
      const wanted = { url: c.req.query('url'), email: c.req.query('email') };
      const resolved = await resolveRecord(customers, recordPatterns, wanted);
      if (isRefusal(resolved)) {
        return resolved;
      }
      show({ searches: 1, seen: resolved.customers.map(({ id }) => id) });
      return { customers: resolved.customers.map(describe), tried: resolved.tried };
    }),
  );

  route(OPERATIONS.customer, ({ c, caller }) =>
    reading(caller, async (show) => {
      const id = customerIdSchema.safeParse(c.req.param('id')).data;
      const [customer, all] = await Promise.all([id && customers.load(id), tenant.apps.list()]);
      if (!customer || !protection.customerConnections.includes(customer.connection)) {
        return refuse('customer_not_found', 'No customer has this id.');
      }
      show({ opened: [customer.id] });
      const { organizations, roles: _roles, attributes: _known, ...found } = customer;
      const isProtected = refuseProtected(customer, caller.agent.id, protection) !== undefined;
      return {
        ...describe({ ...found, markedProtected: isProtected }),
        organizations: [...organizations],
        targetAppIds: all.filter((app) => canReach(customer, app)).map((app) => app.id),
      };
    }),
  );
};
