import * as z from 'zod/mini';

/** Why a launch did not land. `unknown` is an answer too: it comes with what was ruled out. */
export const diagnosisCauseSchema = z.enum([
  'existing_session',
  'delegation_not_allowed',
  'query_not_allowed',
  'login_uri_drops_parameters',
  'connection_not_enabled_on_app',
  'connection_not_enabled_on_requesting_client',
  'organization_missing',
  'organization_not_linked',
  'organization_not_member',
  'ip_mismatch',
  'token_expired',
  'token_used',
  'interaction_required',
  'refused_by_action',
  'app_unreachable',
  'tab_closed',
  'unknown',
]);
export type DiagnosisCause = z.infer<typeof diagnosisCauseSchema>;

/**
 * What a failed redemption came from: one sentence, what it rests on, who can mend it and how. For an
 * unknown cause, `ruledOut` lists what it was not.
 */
export const diagnosisSchema = z.object({
  cause: diagnosisCauseSchema,
  sentence: z.string(),
  evidence: z.array(z.string()),
  who: z.enum(['agent', 'platform_team', 'app_team', 'nobody']),
  how: z.string(),
  ruledOut: z.array(diagnosisCauseSchema),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
