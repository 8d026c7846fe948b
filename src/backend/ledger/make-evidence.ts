import * as z from 'zod/mini';
import type { EvidencePack, EvidenceRow } from '../../contract/evidence.ts';
import { type CustomerId, type TargetAppId, targetAppIdSchema } from '../../contract/ids.ts';
import type { LedgerRow } from '../../contract/ledger.ts';
import type { Caller } from '../launch/dependencies.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { LedgerProofs, SignedLedger } from '../ports/ledger-proofs.ts';

/** What {@link makeEvidence} works with. */
export type EvidenceDependencies = {
  readonly ledger: Pick<Ledger, 'record' | 'rowsOfCustomer'>;
  readonly proofs: LedgerProofs;
  /** The name of an app, if the tenant knows it. */
  readonly appName: (appId: TargetAppId) => Promise<string | undefined>;
  readonly clock: Clock;
};

/** What is asked for. */
export type EvidenceRequest = {
  readonly customerId: CustomerId;
  readonly since: Date;
  /** Names the agents instead of giving pseudonyms; the ledger records that this was asked for. */
  readonly withAgents: boolean;
};

/** Personal values that name an agent. */
const AGENT_FIELDS: readonly string[] = ['agentId', 'endedBy', 'approvedBy'];
/** Personal values that are the customer's to see. An agent's address never is. */
const CUSTOMER_FIELDS: readonly string[] = [
  'customerId',
  'customerName',
  'customerEmail',
  'reason',
  'ticket',
];

/** The row of an agent's hour names every customer whom they opened; a pack, its own alone. */
const isOpenedCustomer = (field: string): boolean => field.startsWith('openedCustomerId.');

/** Rows of format 1 name the agent in their text. */
const namesAgentInText = ({ hashVersion }: LedgerRow): boolean => hashVersion === 1;

const evidenceRow = async (
  row: LedgerRow,
  signed: SignedLedger,
  proofs: LedgerProofs,
  { withAgents, customerId }: EvidenceRequest,
): Promise<EvidenceRow> => {
  const shown = withAgents ? [...CUSTOMER_FIELDS, ...AGENT_FIELDS] : CUSTOMER_FIELDS;
  const agents = row.personal.filter(({ field }) => AGENT_FIELDS.includes(field));
  const isWithheld = namesAgentInText(row) && !withAgents;
  const { text, leaf, path } = await proofs.inclusion(row, signed);
  return {
    index: row.seq - 1,
    ...(isWithheld ? { leaf } : { text }),
    personal: isWithheld
      ? []
      : row.personal.filter(
          ({ field, value }) =>
            shown.includes(field) || (isOpenedCustomer(field) && value === customerId),
        ),
    pseudonyms: withAgents
      ? {}
      : Object.fromEntries(agents.map(({ field, value }) => [field, proofs.pseudonymOf(value)])),
    proof: [...path],
  };
};

const contentSchema = z.object({ targetAppId: z.optional(targetAppIdSchema) });

const appIdsOf = (rows: readonly LedgerRow[]): readonly TargetAppId[] => {
  const ids = rows.map(
    ({ content }) => contentSchema.safeParse(JSON.parse(content)).data?.targetAppId,
  );
  return [...new Set(ids.filter((id) => id !== undefined))];
};

/**
 * Puts together what the ledger has about one customer, with proofs against a signed checkpoint that covers all of it.
 * That it was made, for whom and by whom, is a row of the ledger before anything is given away. `undefined` while
 * the ledger is not signed.
 * @throws {LedgerUnavailableError}
 */
export const makeEvidence = async (
  deps: EvidenceDependencies,
  { agent, agentIp, requestId }: Caller,
  request: EvidenceRequest,
): Promise<EvidencePack | undefined> => {
  const { ledger, proofs, clock } = deps;
  const { customerId, since, withAgents } = request;
  await ledger.record({
    type: 'evidence_made',
    agentId: agent.id,
    agentIp,
    customerId,
    since: since.toISOString(),
    withAgents,
    requestId,
  });
  const signed = await proofs.checkpoint();
  if (!signed) {
    return undefined;
  }
  const found = await ledger.rowsOfCustomer(customerId, since);
  // What was appended since is in the next pack: a proof needs a checkpoint that covers the row.
  const rows = found.filter(({ seq }) => seq <= signed.size);
  const names = await Promise.all(
    appIdsOf(rows).map(async (id) => [id, (await deps.appName(id)) ?? id] as const),
  );
  const evidence: EvidenceRow[] = [];
  for (const row of rows) {
    evidence.push(await evidenceRow(row, signed, proofs, request));
  }
  return {
    format: 'understudy-evidence-1',
    customerId,
    since: since.toISOString(),
    madeAt: clock().toISOString(),
    apps: Object.fromEntries(names),
    checkpoint: signed.note,
    rows: evidence,
  };
};
