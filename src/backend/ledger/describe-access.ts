import * as z from 'zod/mini';
import type { EvidencePack, EvidenceRow } from '../../contract/evidence.ts';

const text = z.optional(z.string());

const contentSchema = z.object({
  type: z.string(),
  launchId: text,
  targetAppId: text,
  organizationId: text,
  code: text,
  grant: z.optional(z.object({ mode: z.string(), minutes: z.number() })),
  occurredAt: text,
  sessionEndsAt: text,
  confirmedBy: text,
  cause: text,
  tenantSession: text,
  ambiguous: z.optional(z.boolean()),
});

/** What became of an attempt to act as a customer. */
export type AccessOutcome = 'refused' | 'failed' | 'not_opened' | 'unconfirmed' | 'confirmed';

/** One time that somebody acted as the customer, or tried to. Times are ISO 8601, UTC. */
export type Access = {
  readonly launchId: string;
  /** The agent's id, or the pseudonym that stands for it. */
  readonly agent: string;
  readonly approvedBy: string | undefined;
  readonly app: string;
  readonly organizationId: string | undefined;
  readonly reason: string | undefined;
  readonly ticket: string | undefined;
  readonly requestedAt: string;
  readonly outcome: AccessOutcome;
  /** Why it was refused or failed. */
  readonly code: string | undefined;
  /** When a session became possible: the token was given. Absent where none was. */
  readonly openedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly cause: string | undefined;
  /** When the session ends by itself at the latest; counts where nobody ended it. */
  readonly endsAtLatest: string | undefined;
  /** What the tenant said of the session when it was ended. */
  readonly tenantSession: string | undefined;
};

type Told = z.infer<typeof contentSchema> & {
  readonly recordedAt: string;
  readonly row: EvidenceRow;
};

const read = (row: EvidenceRow): Told | undefined => {
  if (row.text === undefined) {
    return undefined;
  }
  const [, , recordedAt = '', , ...content] = row.text.split('\n');
  const parsed = contentSchema.safeParse(JSON.parse(content.join('\n')));
  return parsed.data && { ...parsed.data, recordedAt, row };
};

const personalOf = ({ row }: Told, field: string): string | undefined =>
  row.personal.find((each) => each.field === field)?.value ?? row.pseudonyms[field];

/** Rows that show that the app or the tenant was reached. */
const OPENED: readonly string[] = ['launch_opened', 'launch_landed', 'launch_confirmed'];

const outcomeOf = (types: readonly string[]): AccessOutcome => {
  if (types.includes('launch_confirmed')) {
    return 'confirmed';
  }
  if (types.includes('launch_refused')) {
    return 'refused';
  }
  if (types.includes('launch_failed')) {
    return 'failed';
  }
  return types.some((type) => OPENED.includes(type)) ? 'unconfirmed' : 'not_opened';
};

const describe = (rows: readonly Told[], apps: EvidencePack['apps']): Access | undefined => {
  const [first] = rows;
  if (!first?.launchId) {
    return undefined;
  }
  const last = <Key extends keyof Told>(key: Key): Told[Key] | undefined =>
    rows.findLast((row) => row[key] !== undefined)?.[key];
  const issued = rows.find(({ type }) => type === 'launch_issued');
  const ended = rows.find(({ type }) => type === 'launch_ended');
  return {
    launchId: first.launchId,
    agent: personalOf(first, 'agentId') ?? '(erased)',
    approvedBy: personalOf(first, 'approvedBy'),
    app: apps[first.targetAppId ?? ''] ?? first.targetAppId ?? '',
    organizationId: first.organizationId,
    reason: personalOf(first, 'reason'),
    ticket: personalOf(first, 'ticket'),
    requestedAt: first.recordedAt,
    outcome: outcomeOf(rows.map(({ type }) => type)),
    code: last('code'),
    openedAt: issued?.recordedAt,
    endedAt: ended?.occurredAt,
    cause: ended?.cause,
    endsAtLatest: last('sessionEndsAt'),
    tenantSession: last('tenantSession'),
  };
};

/** Tells, from the rows of a pack, each time that somebody acted as the customer or tried to, oldest first. */
export const describeAccess = ({ rows, apps }: EvidencePack): readonly Access[] => {
  const launches = new Map<string, Told[]>();
  for (const told of rows.map(read)) {
    if (told?.launchId === undefined) {
      continue;
    }
    launches.set(told.launchId, [...(launches.get(told.launchId) ?? []), told]);
  }
  return [...launches.values()].flatMap((each) => describe(each, apps) ?? []);
};
