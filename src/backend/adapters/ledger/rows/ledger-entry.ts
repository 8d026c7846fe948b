import { randomBytes } from 'node:crypto';
import type { Grant } from '../../../../contract/grant.ts';
import type { AgentId } from '../../../../contract/ids.ts';
import type { LaunchClaim, LaunchProgress } from '../../../ports/ledger.ts';
import type { StandaloneRow } from '../../../ports/standalone-row.ts';
import type { PersonalValue } from '../schema.ts';
import { commitment } from './hash-chain.ts';

/** A row ready to be appended: the text that is hashed, and the personal values it commits to. */
export type LedgerEntry = {
  readonly content: string;
  readonly personal: readonly PersonalValue[];
};

/** Text as PostgreSQL can hold it: well-formed, without NUL. */
export const storable = (text: string): string =>
  text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** The fields that stand in the content in the open. A field that is undefined is left out. */
type OpenFields = Readonly<
  Record<string, string | number | boolean | readonly string[] | Grant | undefined>
>;

const entry = (
  open: OpenFields,
  personal: Readonly<Record<string, string | undefined>>,
): LedgerEntry => {
  const values = Object.entries(personal).flatMap(([field, value]) =>
    value === undefined
      ? []
      : [{ field, salt: randomBytes(16).toString('hex'), value: storable(value) }],
  );
  const commitments = Object.fromEntries(
    values.map(({ field, salt, value }) => [field, commitment(salt, value)]),
  );
  return { content: JSON.stringify({ ...open, commitments }), personal: values };
};

/**
 * The row that begins a launch. Agent and customer, the agent's address, reason, ticket and what policies looked
 * at are personal.
 */
export const claimEntry = (row: LaunchClaim): LedgerEntry => {
  const { launchId, targetAppId, organizationId, requestId, ...personal } = row.launch;
  const { policyFacts = {}, ...decision } = row.decision ?? {};
  const facts = Object.entries(policyFacts).map(([name, value]) => [`policy.${name}`, value]);
  return entry(
    {
      type: row.type,
      launchId,
      targetAppId,
      organizationId,
      requestId,
      ...('code' in row && { code: row.code }),
      ...decision,
    },
    { ...personal, ...Object.fromEntries(facts) },
  );
};

/** A row that carries a launch on. */
export const progressEntry = (row: LaunchProgress): LedgerEntry => {
  const { endedBy, ...rest } = { endedBy: undefined, ...row };
  const open = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
  return entry(open, { endedBy });
};

/** A row that asks for an erasure or says what was erased. */
export const erasureEntry = (
  open: OpenFields,
  personal: Readonly<Record<string, string | undefined>>,
): LedgerEntry => entry(open, personal);

/** A row that belongs to no launch. */
export const standaloneEntry = (row: StandaloneRow): LedgerEntry => {
  const none = {
    agentId: undefined,
    agentIp: undefined,
    customerId: undefined,
    operator: undefined,
    reportedAgentId: undefined,
  };
  const { agentId, agentIp, customerId, operator, reportedAgentId, ...open } = { ...none, ...row };
  return entry(open, { customerId, agentId, agentIp, operator, reportedAgentId });
};

/** What an agent read in one hour: how much is in the open, which customers were opened is personal. */
export const readsEntry = ({
  agentId,
  hour,
  searches,
  customersSeen,
  opened,
}: {
  readonly agentId: AgentId;
  readonly hour: Date;
  readonly searches: number;
  readonly customersSeen: number;
  readonly opened: readonly string[];
}): LedgerEntry =>
  entry(
    {
      type: 'customers_read',
      hour: hour.toISOString(),
      searches,
      customersSeen,
      customersOpened: opened.length,
    },
    {
      agentId,
      ...Object.fromEntries(opened.map((id, index) => [`openedCustomerId.${index + 1}`, id])),
    },
  );
