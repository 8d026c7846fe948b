import type { ClaimOutcome } from '../../../ports/launch-limits.ts';

import { databaseErrorOf } from '../database-error.ts';

const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';

/** The constraints that an id violates which another launch has: of the table of launches, or of the chain itself. */
const LAUNCH_ID_CONSTRAINTS: readonly (string | undefined)[] = [
  'launches_pkey',
  'ledger_launch_ids',
];

/** The names under which `claim_launch` refuses, with what each means. */
const REFUSALS: Readonly<Record<string, ClaimOutcome>> = {
  policy_behind: 'policy_behind',
  limit_perHour: { overLimit: 'perHour' },
  limit_active: { overLimit: 'active' },
  limit_perCustomer: { overLimit: 'perCustomer' },
  limit_perOrganization: { overLimit: 'perOrganization' },
};

/** Why the database recorded no claim, where that is an answer and not a failure. */
export const outcomeOfRefusedClaim = (error: unknown): ClaimOutcome | undefined => {
  const { code, constraint } = databaseErrorOf(error);
  if (code === UNIQUE_VIOLATION && LAUNCH_ID_CONSTRAINTS.includes(constraint)) {
    return 'already_requested';
  }
  return code === CHECK_VIOLATION && constraint !== undefined ? REFUSALS[constraint] : undefined;
};
