import * as z from 'zod/mini';

/**
 * Every code that the backend answers with. What each means, and who mends it, is told by the backend
 * with each answer (`src/backend/http/error-texts.ts`); the table in
 * `docs/error-codes.md` has the same rows.
 */
export const ERROR_CODES = [
  'unauthenticated',
  'permission_denied',
  'actor_unavailable',
  'actor_mismatch',
  'step_up_required',
  'customer_not_found',
  'customer_protected',
  'target_app_unavailable',
  'target_app_unreachable',
  'organization_required',
  'organization_not_allowed',
  'organization_not_member',
  'reason_required',
  'ticket_required',
  'policy_denied',
  'rate_limited',
  'search_superseded',
  'launch_already_requested',
  'launch_not_found',
  'launch_state_conflict',
  'shutting_down',
  'read_limit_reached',
  'limit_reached',
  'grant_changed',
  'setactor_required',
  'session_transfer_disabled',
  'exchange_refused',
  'tenant_unavailable',
  'ledger_unavailable',
  'invalid_request',
  'internal',
] as const;

/** Accepts exactly the codes of {@link ERROR_CODES}. */
export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;
