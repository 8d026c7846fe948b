import * as z from 'zod/mini';
import { type Grant, grantSchema } from '../../../contract/grant.ts';
import {
  type AgentId,
  agentIdSchema,
  customerIdSchema,
  type LaunchId,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { readContent } from '../../adapters/ledger/rows/row-content.ts';
import type { LocalTime } from '../../policy/local-time.ts';
import type { PolicyFacts } from '../../ports/company-policy.ts';

/** What the company's rules looked at when a launch began, without the counts, which the ledger keeps in other rows. */
type RecordedFacts = Omit<PolicyFacts, 'launchesLastHour' | 'activeSessions'>;

/** A launch that began, as far as its first row still tells. */
export type RecordedLaunch = {
  readonly id: LaunchId;
  readonly at: Date;
  readonly agentId: AgentId | undefined;
  readonly grant: Grant | undefined;
  /** Absent where a value that rules look at was erased, or was never recorded. */
  readonly facts: RecordedFacts | undefined;
};

const openSchema = z.object({
  type: z.literal('launch_requested'),
  launchId: launchIdSchema,
  targetAppId: targetAppIdSchema,
  organizationId: z.optional(organizationIdSchema),
  grant: z.optional(grantSchema),
});

const attributesSchema = z.record(z.string(), z.string());
const personSchema = z.object({
  id: agentIdSchema,
  roles: z.array(z.string()),
  attributes: attributesSchema,
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // No schema accepts it.
    return undefined;
  }
};

const json = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(z.pipe(z.string(), z.transform(parseJson)), schema);

/** The personal values that a decision is made of, as `recordedFacts` and `claimEntry` write them. */
const valuesSchema = z.object({
  agentId: agentIdSchema,
  customerId: customerIdSchema,
  agentIp: z.optional(z.string()),
  'policy.agentRoles': json(z.array(z.string())),
  'policy.agentAttributes': json(attributesSchema),
  'policy.customerConnection': z.string(),
  'policy.customerOrganizations': json(
    z.array(z.object({ id: organizationIdSchema, name: z.string() })),
  ),
  'policy.customerAttributes': json(attributesSchema),
  'policy.authAgeSeconds': json(z.int()),
  'policy.authMethods': json(z.array(z.string())),
  'policy.authClass': z.optional(z.string()),
  'policy.approver': z.optional(json(personSchema)),
});

const readFacts = (
  open: z.infer<typeof openSchema>,
  values: Readonly<Record<string, string>>,
  committed: readonly string[],
  at: Date,
  local: LocalTime,
): RecordedFacts | undefined => {
  const wasErased = Object.keys(valuesSchema.shape).some(
    (field) => committed.includes(field) && values[field] === undefined,
  );
  const read = wasErased ? undefined : valuesSchema.safeParse(values).data;
  if (!read) {
    return undefined;
  }
  const authClass = read['policy.authClass'];
  const approver = read['policy.approver'];
  return {
    agent: {
      id: read.agentId,
      roles: read['policy.agentRoles'],
      attributes: read['policy.agentAttributes'],
    },
    customer: {
      id: read.customerId,
      connection: read['policy.customerConnection'],
      organizations: read['policy.customerOrganizations'].map((organization) => ({
        ...organization,
        displayName: organization.name,
      })),
      attributes: read['policy.customerAttributes'],
    },
    targetAppId: open.targetAppId,
    ...(open.organizationId && { organizationId: open.organizationId }),
    reasonGiven: committed.includes('reason'),
    ticketGiven: committed.includes('ticket'),
    authAgeSeconds: read['policy.authAgeSeconds'],
    authMethods: read['policy.authMethods'],
    ...(authClass !== undefined && { authClass }),
    ...(read.agentIp && { network: read.agentIp }),
    ...(approver && { approver }),
    at,
    ...local,
  };
};

/**
 * Reads the row that begins a launch; `undefined` for any other row. Commitments tell what was there: a value whose
 * commitment is there and that is gone was erased, and then nothing can be said of the launch again.
 */
export const readRecordedLaunch = (
  row: LedgerRow,
  localTime: (at: Date) => LocalTime,
): RecordedLaunch | undefined => {
  const content = readContent(row.content);
  const open =
    content?.type === 'launch_requested' ? openSchema.safeParse(content).data : undefined;
  if (!content || !open) {
    return undefined;
  }
  const values = Object.fromEntries(row.personal.map(({ field, value }) => [field, value]));
  const at = new Date(row.recordedAt);
  const committed = Object.keys(content.commitments);
  return {
    id: open.launchId,
    at,
    agentId: agentIdSchema.safeParse(values['agentId']).data,
    grant: open.grant,
    facts: readFacts(open, values, committed, at, localTime(at)),
  };
};
