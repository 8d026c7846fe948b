import * as z from 'zod/mini';

/** What can go wrong on this side of the backend. Each has a title, a detail and an action in `_locales`. */
export const EXTENSION_PROBLEM_CODES = [
  'actor_unavailable',
  'address_insecure',
  'address_invalid',
  'address_managed',
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
  'launch_unknown',
  'login_url_refused',
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
  'tab_not_opened',
  'target_app_unknown',
  'timeout',
  'worker_stopped',
] as const;

const extensionProblemCodeSchema = z.enum(EXTENSION_PROBLEM_CODES);
export type ExtensionProblemCode = z.infer<typeof extensionProblemCodeSchema>;

/** Seen on this side. `oauthError` is the code that the issuer answered with, if it did. */
const extensionProblemSchema = z.object({
  source: z.literal('extension'),
  code: extensionProblemCodeSchema,
  oauthError: z.optional(z.string()),
});

/** The backend's own words, shown as they are. */
const backendProblemSchema = z.object({
  source: z.literal('backend'),
  // Checked where the backend's answer came in; the table of codes would weigh on the popup.
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
  requestId: z.string(),
});

/** Why something did not happen. Never carries a token or a URL with one. */
export const problemReportSchema = z.discriminatedUnion('source', [
  extensionProblemSchema,
  backendProblemSchema,
]);
export type ProblemReport = z.infer<typeof problemReportSchema>;

/** Makes the report of a problem seen on this side. */
export const extensionProblem = (code: ExtensionProblemCode): ProblemReport => ({
  source: 'extension',
  code,
});
