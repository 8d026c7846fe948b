import type { DiagnosisReport } from '../../../messages/launch/launch-status.ts';

const PASSING_CAUSES: readonly string[] = [
  'app_unreachable',
  'tab_closed',
  'token_expired',
  'token_used',
  'unknown',
];

/** Tells whether the same launch can land later; a setting that somebody has to change stays as it is. */
export const canLandOnRetry = ({ cause }: DiagnosisReport): boolean =>
  PASSING_CAUSES.includes(cause);
