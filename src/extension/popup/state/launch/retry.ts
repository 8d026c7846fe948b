import type { ProblemReport } from '../../../messages/wire/problem.ts';

const PASSING_CODES: readonly string[] = [
  'another_launch_running',
  'backend_invalid_answer',
  'backend_unreachable',
  'exchange_refused',
  'internal',
  'interrupted',
  'issuer_unreachable',
  'launch_cancelled',
  'ledger_unavailable',
  'offline',
  'rate_limited',
  'search_superseded',
  'shutting_down',
  'sign_in_failed',
  'step_up_closed',
  'step_up_failed',
  'step_up_other_account',
  'step_up_required',
  'tab_not_opened',
  'tenant_unavailable',
  'timeout',
  'worker_stopped',
];

/** Tells whether the same request can go through later. Where a rule or the set-up refuses it, no retry helps. */
export const canPassOnRetry = ({ code }: ProblemReport): boolean => PASSING_CODES.includes(code);
