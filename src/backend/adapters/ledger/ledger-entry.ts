import { randomBytes } from 'node:crypto';
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

const entry = (
  open: Readonly<Record<string, string | boolean | undefined>>,
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

/** The row that begins a launch. The customer, the agent's address, reason and ticket are personal. */
export const claimEntry = (row: LaunchClaim): LedgerEntry => {
  const { customerId, customerName, customerEmail, agentIp, reason, ticket, ...open } = row.launch;
  return entry(
    { type: row.type, ...open, ...('code' in row && { code: row.code }) },
    { customerId, customerName, customerEmail, agentIp, reason, ticket },
  );
};

/** A row that carries a launch on. */
export const progressEntry = (row: LaunchProgress): LedgerEntry => {
  const open = Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
  return entry(open, {});
};

/** A row that belongs to no launch. */
export const standaloneEntry = ({ agentIp, ...open }: RequestRefusal | OwnSession): LedgerEntry =>
  entry(open, { agentIp });
