import * as z from 'zod/mini';
import type { ProblemReport } from './problem.ts';
import { problemReportSchema } from './problem-schema.ts';

/** A value, or the reason why there is none. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ProblemReport };

/** The schema of an {@link Outcome}. */
export const outcomeSchema = <Schema extends z.ZodMiniType>(value: Schema) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), problem: problemReportSchema }),
  ]);

/** Says that it worked, with what came of it. */
export const done = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

/** Says that it did not work, and why. */
export const refused = (
  problem: ProblemReport,
): { readonly ok: false; readonly problem: ProblemReport } => ({ ok: false, problem });
