import { Hono } from 'hono';
import * as z from 'zod/mini';
import {
  type Customer,
  type CustomerDetails,
  type Customers,
  SEARCH_MAX_CHARACTERS,
  SEARCH_MIN_CHARACTERS,
} from '../../../contract/customer.ts';
import { type AgentId, type CustomerId, customerIdSchema } from '../../../contract/ids.ts';
import type { RecordMatches, RecordPattern } from '../../../contract/record.ts';
import { resolveRecord } from '../../launch/resolve-record.ts';
import { type ProtectionRules, refuseProtected } from '../../policy/protection.ts';
import { canReach } from '../../policy/reach.ts';
import type { CustomerDirectory, FoundCustomer } from '../../ports/customer-directory.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { TargetAppCatalog } from '../../ports/target-app-catalog.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { limitRate, requirePermission } from '../authenticate.ts';
import type { HttpEnvironment } from '../environment.ts';
import { problemResponse } from '../problem-response.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 50;

export type CustomerRoutesOptions = {
  readonly customers: CustomerDirectory;
  readonly apps: TargetAppCatalog;
  readonly protection: ProtectionRules;
  readonly recordPatterns: readonly RecordPattern[];
  readonly withinSearchRate: (agentId: AgentId) => boolean;
  readonly ledger: Ledger;
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

const limitSchema = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_LIMIT));

const idsOf = (text: string): readonly CustomerId[] | undefined => {
  const ids = text.split(',').map((id) => customerIdSchema.safeParse(id).data);
  return ids.length <= MAX_LIMIT && ids.every((id) => id !== undefined) ? ids : undefined;
};

/** Finding customers: by a term, by ids, and one in full. */
export const customerRoutes = (options: CustomerRoutesOptions) => {
  const { customers, apps, protection, withinSearchRate, ledger } = options;

  return new Hono<HttpEnvironment>()
    .use(
      '/v1/customers/*',
      limitRate(withinSearchRate),
      requirePermission('read:customers', ledger),
    )
    .get('/v1/customers', async (c) => {
      const limit = limitSchema.safeParse(c.req.query('limit') ?? DEFAULT_LIMIT);
      if (!limit.success) {
        return problemResponse(c, refuse('invalid_request', `"limit" must be 1 to ${MAX_LIMIT}.`));
      }
      const listed = c.req.query('ids');
      if (listed !== undefined) {
        const ids = idsOf(listed);
        if (!ids) {
          const detail = `"ids" must be 1 to ${MAX_LIMIT} ids, separated by commas.`;
          return problemResponse(c, refuse('invalid_request', detail));
        }
        const found = await customers.findByIds(ids);
        const reply: Customers = {
          customers: found.map(describe),
          searched: { fields: ['user_id'] },
          more: false,
        };
        return c.json(reply);
      }
      const term = (c.req.query('q') ?? '').trim();
      const characters = [...term].length;
      if (characters < SEARCH_MIN_CHARACTERS || characters > SEARCH_MAX_CHARACTERS) {
        const detail = `Search for ${SEARCH_MIN_CHARACTERS} to ${SEARCH_MAX_CHARACTERS} characters.`;
        return problemResponse(c, refuse('invalid_request', detail));
      }
      const { customers: found, fields, total, more } = await customers.search(term, limit.data);
      const reply: Customers = {
        customers: found.map(describe),
        searched: { fields: [...fields], ...(total !== undefined && { total }) },
        more,
      };
      return c.json(reply);
    })
    .get('/v1/customers/by-record', async (c) => {
      const wanted = { url: c.req.query('url'), email: c.req.query('email') };
      const resolved = await resolveRecord(customers, options.recordPatterns, wanted);
      if (isRefusal(resolved)) return problemResponse(c, resolved);
      const reply: RecordMatches = {
        customers: resolved.customers.map(describe),
        tried: resolved.tried,
      };
      return c.json(reply);
    })
    .get('/v1/customers/:id', async (c) => {
      const id = customerIdSchema.safeParse(c.req.param('id')).data;
      const [customer, all] = await Promise.all([id && customers.load(id), apps.list()]);
      if (!customer || !protection.customerConnections.includes(customer.connection)) {
        return problemResponse(c, refuse('customer_not_found', 'No customer has this id.'));
      }
      const { organizations, roles: _roles, ...found } = customer;
      const isProtected = refuseProtected(customer, c.get('agent').id, protection) !== undefined;
      const reply: CustomerDetails = {
        ...describe({ ...found, markedProtected: isProtected }),
        organizations: [...organizations],
        targetAppIds: all.filter((app) => canReach(customer, app)).map((app) => app.id),
      };
      return c.json(reply);
    });
};
