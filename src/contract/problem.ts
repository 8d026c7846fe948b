import * as z from 'zod/mini';
import { errorCodeSchema } from './error-codes.ts';

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
 * backend's log line.
 * @see RFC 9457 §3
 */
export const problemSchema = z.extend(problemTextSchema, {
  type: z.string(),
  status: z.number(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
