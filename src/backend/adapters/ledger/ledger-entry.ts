import { randomBytes } from 'node:crypto';
import type { Grant } from '../../../contract/grant.ts';
import type {
  LaunchClaim,
  LaunchProgress,
  OwnSession,
  RequestRefusal,
} from '../../ports/ledger.ts';
import { commitment } from './hash-chain.ts';
import type { PersonalValue } from './schema.ts';

/** A row ready to be appended: the text that is hashed, and the personal values it commits to. */
export type LedgerEntry = {
  readonly content: string;
  readonly personal: readonly PersonalValue[];
};

/** Text as PostgreSQL can hold it: well-formed, without NUL. */
export const storable = (text: string): string =>
  text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** What stands in the content as it is. A field that is undefined is left out. */
type OpenFields = Readonly<
  Record<string, string | boolean | readonly string[] | Grant | undefined>
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

/** A row that belongs to no launch. */
export const standaloneEntry = ({
  agentId,
  agentIp,
  ...open
}: RequestRefusal | OwnSession): LedgerEntry => entry(open, { agentId, agentIp });
