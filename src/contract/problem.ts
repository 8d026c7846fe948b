import * as z from 'zod/mini';
import { errorCodeSchema } from './error-codes.ts';
import { stepUpSchema } from './grant.ts';

/** Why something is refused, in words for the agent; programs branch on `code` alone. */
export const problemTextSchema = z.object({
  code: errorCodeSchema,
  title: z.string(),
  detail: z.string(),
  action: z.string(),
});
export type ProblemText = z.infer<typeof problemTextSchema>;

/**
 * The body of every refused request, sent as `application/problem+json`. `title`, `detail` and
 * `action` are sentences for the agent; programs branch on `code` alone. `requestId` leads to the
 * backend's log line. `policies` are the ids of the company's rules that refused a launch, `policyHash` the
 * version of those rules, and `stepUp` the sign-in that they ask for.
 * @see RFC 9457 §3
 */
export const problemSchema = z.extend(problemTextSchema, {
  type: z.string(),
  status: z.number(),
  requestId: z.string(),
  stepUp: z.optional(stepUpSchema),
  policies: z.optional(z.array(z.string())),
  policyHash: z.optional(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;
