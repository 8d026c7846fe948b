import type { ManagementClient } from 'auth0';
import * as z from 'zod/mini';
import {
  agentIdSchema,
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../../contract/ids.ts';
import { runForEnd } from '../../../current-agent.ts';
import type { Tenant, TenantLogEntry } from '../../../ports/tenant.ts';
import { managementPage } from './management.ts';

const MAX_ENTRIES = 100;

const text = z.optional(z.nullable(z.string()));

/** Auth0 logs errors as text or as an object, by event type. */
const errorSchema = z.union([
  z.string(),
  z.object({
    message: z.optional(z.string()),
    oauthError: z.optional(z.string()),
    type: z.optional(z.string()),
  }),
]);

const entrySchema = z.object({
  log_id: z.string(),
  type: z.string(),
  date: z.iso.datetime({ offset: true }),
  client_id: text,
  user_id: text,
  organization_id: text,
  ip: text,
  description: text,
  references: z.optional(z.object({ correlation_id: text })),
  details: z.optional(
    z.object({
      actor: z.optional(z.object({ sub: z.optional(z.string()), launch: z.optional(z.unknown()) })),
      error: z.optional(errorSchema),
      session_id: text,
    }),
  ),
});

/** What an error says of itself, in whichever form the tenant logs it. */
const wordsOf = (error: z.infer<typeof errorSchema> | undefined): string | undefined =>
  typeof error === 'object' ? (error.type ?? error.message ?? error.oauthError) : error;

const describe = (raw: unknown): TenantLogEntry | undefined => {
  const parsed = entrySchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const {
    log_id: id,
    type,
    date,
    client_id,
    user_id,
    organization_id,
    ip,
    description,
    details,
  } = parsed.data;
  const correlationId = parsed.data.references?.correlation_id;
  const clientId = targetAppIdSchema.safeParse(client_id).data;
  const customerId = customerIdSchema.safeParse(user_id).data;
  const organizationId = organizationIdSchema.safeParse(organization_id).data;
  const sub = agentIdSchema.safeParse(details?.actor?.sub).data;
  const sessionId = details?.session_id;
  const error = wordsOf(details?.error);
  const launch = launchIdSchema.safeParse(details?.actor?.launch).data;
  return {
    id,
    type,
    at: new Date(date),
    ...(clientId && { clientId }),
    ...(customerId && { customerId }),
    ...(organizationId && { organizationId }),
    ...(ip && { ip }),
    ...(sessionId && { sessionId }),
    ...(details?.actor && { actor: { ...(sub && { sub }), ...(launch && { launch }) } }),
    ...(correlationId && { correlationId }),
    ...(description && { description }),
    ...(error && { error }),
  };
};

/**
 * The tenant's log over the Management API.
 * @see Auth0 "Log Search Query Syntax"; "Log Event Type Codes"
 */
export const createTenantLog = (management: ManagementClient): Tenant['log'] => ({
  search: async ({ types, since, until, isForEnd = false }) => {
    const range = `[${since.toISOString()} TO ${until?.toISOString() ?? '*'}]`;
    const q = `type:(${types.join(' OR ')}) AND date:${range}`;
    const list = () =>
      managementPage(
        management.logs.list({ per_page: MAX_ENTRIES, sort: 'date:-1' }, { queryParams: { q } }),
      );
    const page = await (isForEnd ? runForEnd(list) : list());
    return {
      entries: page.data.flatMap((entry) => describe(entry) ?? []),
      more: page.data.length === MAX_ENTRIES,
    };
  },
});
