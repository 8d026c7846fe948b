import * as z from 'zod/mini';
import { stepUpSchema } from '../../../contract/grant.ts';
import { EXTENSION_PROBLEM_CODES } from './extension-problem-codes.ts';

/** Seen on this side. `oauthError` is the code that the issuer answered with, if it did. */
const extensionProblemSchema = z.object({
  source: z.literal('extension'),
  code: z.enum(EXTENSION_PROBLEM_CODES),
  oauthError: z.optional(z.string()),
  stepUp: z.optional(stepUpSchema),
});

/** The backend's own words, shown as they are. */
const backendProblemSchema = z.object({
  source: z.literal('backend'),
  // The code was checked when the backend's answer arrived. The table of codes would make the popup's script larger.
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
  requestId: z.string(),
  /** The sign-in that cures the refusal. */
  stepUp: z.optional(stepUpSchema),
});

/** The schema of a `ProblemReport`. */
export const problemReportSchema = z.discriminatedUnion('source', [
  extensionProblemSchema,
  backendProblemSchema,
]);
