import type * as z from 'zod/mini';
import type { ExtensionProblemCode } from './extension-problem-codes.ts';
import type { problemReportSchema } from './problem-schema.ts';

/** Why something did not happen. Never carries a token or a URL with one. */
export type ProblemReport = z.infer<typeof problemReportSchema>;

/** Makes the report of a problem seen on this side. */
export const extensionProblem = (code: ExtensionProblemCode): ProblemReport => ({
  source: 'extension',
  code,
});
