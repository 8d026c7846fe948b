import type * as z from 'zod/mini';
import type { problemReportSchema } from './problem-schema.ts';

/** What can go wrong on this side of the backend. Each has a title, a detail and an action in `_locales`. */
export const EXTENSION_PROBLEM_CODES = [
  'actor_unavailable',
  'address_insecure',
  'address_invalid',
  'address_managed',
  'address_unreachable',
  'another_launch_running',
  'backend_invalid_answer',
  'backend_missing',
  'backend_unreachable',
  'existing_session',
  'foreign_audience',
  'internal',
  'interrupted',
  'issuer_insecure',
  'issuer_unreachable',
  'launch_cancelled',
  'launch_unknown',
  'login_url_refused',
  'more_needed',
  'no_session_here',
  'not_a_record',
  'not_understudy',
  'nothing_to_repeat',
  'offline',
  'open_as_me_refused',
  'session_expired',
  'sign_in_closed',
  'sign_in_failed',
  'signed_out',
  'step_up_closed',
  'step_up_failed',
  'step_up_other_account',
  'tab_not_opened',
  'target_app_unknown',
  'timeout',
  'worker_stopped',
] as const;

export type ExtensionProblemCode = (typeof EXTENSION_PROBLEM_CODES)[number];

/** Why something did not happen. Never carries a token or a URL with one. */
export type ProblemReport = z.infer<typeof problemReportSchema>;

/** Makes the report of a problem seen on this side. */
export const extensionProblem = (code: ExtensionProblemCode): ProblemReport => ({
  source: 'extension',
  code,
});
